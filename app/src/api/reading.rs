//! What everybody may read.

use domain::{ChapterId, Format, Genre, Home, ReadingPage, ShelfPage, StoryId, StoryPage};

use crate::cache::Website;

abreast_browser::queries! { for Website;
    /// The front page.
    fetch_home "fetch_home" Home {};
    /// A page of a shelf of published stories.
    fetch_shelf "fetch_shelf" ShelfPage { format: Format, genre: Option<Genre>, #[server(default)] page: u32 };
    /// A published story's title page.
    fetch_story "fetch_story" StoryPage { story: StoryId, #[server(default)] page: u32 };
    /// A chapter of a published story.
    fetch_reading_page "fetch_reading_page" ReadingPage { story: StoryId, chapter: ChapterId };
}
