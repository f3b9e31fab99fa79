//! What everybody does: read.

use rand::Rng;

use super::{
    cast::{TALKERS, TOGGLED, WRITERS},
    client::{Client, Question},
};

impl Client {
    /// Reads something that everybody may read.
    pub(crate) async fn read_something(&mut self) {
        let story = self.some_story();
        match self.dice.random_range(0..100) {
            0..40 => self.read_chapter(story).await,
            40..60 => self.read_story(story).await,
            60..68 => self.read_plain("/api/fetch_shelf?format=novel&genre=mystery").await,
            68..74 => self.read_plain("/api/fetch_home").await,
            74..80 => self.read_plain("/api/fetch_feed?page=0").await,
            80..97 => {
                let post = self.dice.random_range(0..TALKERS);
                self.read_thread(post).await;
            }
            _ => self.read_page(story).await,
        }
    }

    /// A story: every other time one of the two that everybody wants.
    fn some_story(&mut self) -> usize {
        let two = [0, TOGGLED];
        if self.dice.random_bool(0.5) { two[self.dice.random_range(0..2)] } else { self.dice.random_range(0..WRITERS) }
    }

    /// The chapter of a story, as its page asks for it.
    pub(crate) async fn read_chapter(&mut self, number: usize) {
        let story = &self.stage.library.stories[number];
        let path = format!("/api/fetch_reading_page?story={}&chapter={}", story.id, story.chapter);
        self.read(Question { path, there: Some(format!("o{number}")), covers: None }).await;
    }

    async fn read_story(&mut self, number: usize) {
        let path = format!("/api/fetch_story?story={}", self.stage.library.stories[number].id);
        self.read(Question { path, there: Some(format!("o{number}")), covers: None }).await;
    }

    /// A post with all its comments.
    pub(crate) async fn read_thread(&mut self, post: usize) {
        let path = format!("/api/fetch_thread?post={}", self.stage.library.posts[post]);
        self.read(Question { path, there: None, covers: Some(format!("m{post}.")) }).await;
    }

    /// The chapter as a page.
    async fn read_page(&mut self, number: usize) {
        let story = &self.stage.library.stories[number];
        let path = format!("/novels/{}/{}", story.id, story.chapter);
        self.read(Question { path, there: Some(format!("o{number}")), covers: None }).await;
    }

    async fn read_plain(&mut self, path: &str) {
        self.read(Question { path: path.to_owned(), there: None, covers: None }).await;
    }

    /// What a talker likes.
    pub(crate) async fn read_likes(&mut self) {
        let viewer = self.stage.library.talkers[self.talker()].user;
        self.read_plain(&format!("/api/fetch_my_likes?viewer={viewer}")).await;
    }
}
