//! Importing: a whole book at once, or nothing of it.

use domain::{
    Bound, Change, Changed, ChapterId, FileChapter, FilePart, Format, Genre, Listing, ManuscriptFile, NewStory,
    PartPath, StoryId, StoryPath, UserId,
};

use crate::{Result, Store, Tx, access, chapter, clock, order, part, publication, room, scene, story, version};

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
                let chapter = insert_chapter(&mut tx, part, place, file_chapter).await?;
                if publish && file_chapter.scenes.iter().any(|scene| scene.text.words() > 0) {
                    publication::begin(&mut tx, at.story, chapter, now).await?;
                }
            }
        }
        version::first_of_all(&mut tx, at.story, &self.device).await?;
        tx.commit(Change::StoryCreated(at, listing), at.story).await
    }

    /// Adds a book's chapters to the author's own story, as drafts: those without a part at the end of its last part,
    /// the others in parts of their own.
    pub async fn import_chapters(
        &self,
        author: UserId,
        story: StoryId,
        file: ManuscriptFile,
    ) -> Result<Changed<StoryId>> {
        let mut tx = self.begin().await?;
        let (at, _) = access::story(&mut tx, author, story).await?;
        let mut last = part::last(&mut tx, story).await?.map(|(part, _)| at.part(part));
        for file_part in &file.parts {
            let part = match last.filter(|_| file_part.title.is_empty()) {
                Some(part) => part,
                None => new_part(&mut tx, at, file_part).await?,
            };
            last = Some(part);
            let first = order::next(&mut tx, order::CHAPTERS, &part.part.to_string()).await?;
            for (place, file_chapter) in (first..).zip(&file_part.chapters) {
                let chapter = insert_chapter(&mut tx, part, place, file_chapter).await?;
                version::first_of_chapter(&mut tx, chapter, &self.device).await?;
            }
        }
        for bound in [Bound::StoryParts, Bound::StoryChapters, Bound::StoryScenes, Bound::StoryCharacters] {
            room::after_many(&mut tx, bound, story).await?;
        }
        tx.commit(Change::ChaptersImported(at), story).await
    }
}

async fn insert_chapter(tx: &mut Tx, part: PartPath, place: i64, file: &FileChapter) -> Result<ChapterId> {
    let chapter = part.chapter(chapter::insert(tx, part, place, &file.title).await?);
    for (place, file_scene) in (0..).zip(&file.scenes) {
        scene::insert(tx, chapter, place, &file_scene.title, &file_scene.text).await?;
    }
    Ok(chapter.chapter)
}

async fn new_part(tx: &mut Tx, at: StoryPath, file: &FilePart) -> Result<PartPath> {
    let place = order::next(tx, order::PARTS, &at.story.to_string()).await?;
    Ok(at.part(part::insert(tx, at, place, &file.title).await?))
}
