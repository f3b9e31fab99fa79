//! Importing: a whole book at once, or nothing of it.

use domain::{Bound, Change, Changed, Format, Genre, Heading, Listing, ManuscriptFile, NewStory, StoryId, UserId};

use crate::{Result, Store, access, chapter, clock, part, publication, room, scene, story, version};

impl Store {
    /// Makes a story of a book. Published or not, it is one fact, and nobody ever meets half of it. Chapters without
    /// words stay drafts.
    pub async fn import_story(
        &self,
        author: UserId,
        file: ManuscriptFile,
        genre: Genre,
        format: Format,
        publish: bool,
    ) -> Result<Changed<StoryId>> {
        let new = NewStory { title: file.title, blurb: file.blurb, format, genre };
        let listing = Listing::of(publish, format, genre);
        let mut tx = self.begin().await?;
        access::writer(&mut tx, author).await?;
        room::for_one(&mut tx, Bound::AuthorStories, author).await?;
        // Before the story's own moment: it was not updated since.
        let now = clock::tick();
        let at = story::insert(&mut tx, author, &new, listing).await?;
        for (place, file_part) in (0..).zip(&file.parts) {
            let part = at.part(part::insert(&mut tx, at, place, &file_part.title).await?);
            for (place, file_chapter) in (0..).zip(&file_part.chapters) {
                let chapter = part.chapter(chapter::insert(&mut tx, part, place, &file_chapter.title).await?);
                for (place, text) in (0..).zip(&file_chapter.scenes) {
                    scene::insert(&mut tx, chapter, place, &Heading::default(), text).await?;
                }
                if publish && file_chapter.scenes.iter().any(|text| text.words() > 0) {
                    publication::begin(&mut tx, at.story, chapter.chapter, now).await?;
                }
            }
        }
        version::first_of_all(&mut tx, at.story, &self.device).await?;
        tx.commit(Change::StoryCreated(at, listing), at.story).await
    }
}
