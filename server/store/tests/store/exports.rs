//! What leaves the site: a story with all its text for its author, and all that a person has.

use domain::{Format, Genre, ManuscriptFile};
use store::Error;

use crate::library::{Library, on_both};

async fn a_story_leaves_whole_and_to_its_author_alone(on: crate::library::On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let book = "# Book\n\n## Part One\n\n### One\n\nText.\n\n***\n\nMore.\n\n### Two\n\nEnd.\n\n## Part Two\n\n### Three\n\nx\n";
    let file = ManuscriptFile::parse("book.md", book).expect("a book");
    let imported = store.import_story(fixture.ben, file.clone(), Genre::Mystery, Format::Novel, false).await;
    let story = *imported.expect("a story").value();
    let whole = store.export_story(fixture.ben, story).await.expect("his own");
    assert_eq!((whole.title, whole.parts), (file.title, file.parts));
    for other in [fixture.ada, fixture.rea] {
        assert!(matches!(store.export_story(other, story).await, Err(Error::NotFound)));
        assert!(matches!(store.export_notes(other, story).await, Err(Error::NotFound | Error::NotThere { .. })));
        assert!(matches!(store.export_story(other, fixture.bens.story).await, Err(Error::NotFound)));
    }
}

async fn the_notes_of_a_story_leave_with_it(on: crate::library::On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let notes = store.export_notes(fixture.ada, fixture.out.story).await.expect("her own");
    assert_eq!(notes.parts.iter().map(|part| part.chapters.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(notes.parts[0].chapters[0].scenes.len(), 2);
    assert_eq!(notes.cast.len(), 2);
}

async fn a_person_takes_what_is_theirs(on: crate::library::On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let things = store.export_own_things(fixture.rea).await.expect("her things");
    assert_eq!(things.profile.user, fixture.rea);
    assert_eq!(things.stories, []);
    assert_eq!(things.posts.iter().map(|post| post.id).collect::<Vec<_>>(), [fixture.reas_post]);
    assert_eq!(
        things.comments.iter().map(|one| one.id).collect::<Vec<_>>(),
        [fixture.comments[0], fixture.comments[2]]
    );
    assert_eq!(things.comments[0].post, Some(fixture.post));
    assert_eq!(things.liked_posts, [fixture.post]);
    // She likes a story that is a draft again, too: its title is told to nobody.
    assert_eq!(things.liked_stories.iter().map(|liked| liked.story).collect::<Vec<_>>(), [fixture.out.story]);
    let things = store.export_own_things(fixture.ada).await.expect("her things");
    assert_eq!(things.stories, [fixture.out.story, fixture.draft.story]);
}

on_both! {
    a_story_leaves_whole_and_to_its_author_alone
    the_notes_of_a_story_leave_with_it
    a_person_takes_what_is_theirs
}
