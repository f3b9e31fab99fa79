//! What everybody may read.

use domain::{CataloguePage, ChapterId, Format, Genre, Home, ReadingPage, StoryId, StoryPage};

use crate::cache::Website;

abreast_browser::queries! { for Website;
    /// The front page.
    fetch_home "fetch_home" Home {};
    /// A page of a catalogue of published stories.
    fetch_catalogue "fetch_shelf" CataloguePage { format: Format, genre: Option<Genre>, #[server(default)] page: u32 };
    /// A published story's title page.
    fetch_story "fetch_story" StoryPage { story: StoryId, #[server(default)] page: u32 };
    /// A chapter of a published story.
    fetch_reading_page "fetch_reading_page" ReadingPage { story: StoryId, chapter: ChapterId };
}
