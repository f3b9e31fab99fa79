//! What everybody may read.

use domain::{
    Answer, ChapterId, ChapterText, Format, FrontPage, Genre, Home, ReadingPage, ShelfPage, StoryCard, StoryFront,
    StoryId, StoryPage,
};
use leptos::prelude::server;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::respond::read;
use crate::{AppError, cache::Fetch, told::Told};

/// The front page.
#[server(endpoint = "fetch_home", input = GetUrl, output = Told)]
pub async fn fetch_home() -> Result<Answer<FrontPage>, AppError> {
    read(Home {}).await
}

/// A shelf of published stories.
#[server(endpoint = "fetch_shelf", input = GetUrl, output = Told)]
pub async fn fetch_shelf(format: Format, genre: Option<Genre>) -> Result<Answer<Vec<StoryCard>>, AppError> {
    read(ShelfPage { format, genre }).await
}

/// A published story's title page.
#[server(endpoint = "fetch_story", input = GetUrl, output = Told)]
pub async fn fetch_story(story: StoryId) -> Result<Answer<StoryFront>, AppError> {
    read(StoryPage { story }).await
}

/// A chapter of a published story.
#[server(endpoint = "fetch_reading_page", input = GetUrl, output = Told)]
pub async fn fetch_reading_page(story: StoryId, chapter: ChapterId) -> Result<Answer<ChapterText>, AppError> {
    read(ReadingPage { story, chapter }).await
}

impl Fetch for Home {
    async fn fetch(self) -> Result<Answer<FrontPage>, AppError> {
        fetch_home().await
    }
}

impl Fetch for ShelfPage {
    async fn fetch(self) -> Result<Answer<Vec<StoryCard>>, AppError> {
        fetch_shelf(self.format, self.genre).await
    }
}

impl Fetch for StoryPage {
    async fn fetch(self) -> Result<Answer<StoryFront>, AppError> {
        fetch_story(self.story).await
    }
}

impl Fetch for ReadingPage {
    async fn fetch(self) -> Result<Answer<ChapterText>, AppError> {
        fetch_reading_page(self.story, self.chapter).await
    }
}
