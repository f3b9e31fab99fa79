//! Single flight: a reader who joins a load under way is not told what was so before they asked.

use std::time::Duration;

use domain::{Area, Query, Quire, Seq, StoryId, Tag, Tags, UserId};
use serde::{Deserialize, Serialize};
use store::{Load, Reader, Result};

use crate::library::{Library, On, gate::gate, on_both};

on_both! {
    not_found_is_no_older_than_the_question
}

/// A published story's title, read by a load that is held up once the snapshot is taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SlowTitle {
    story: StoryId,
}

impl Query for SlowTitle {
    type Nouns = Quire;
    type Output = String;
    const NAME: &'static str = "slow-title";
    const VERSION: u32 = 1;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &String) -> Tags {
        Tags::of(Tag::Contents(self.story), [])
    }
}

impl Load for SlowTitle {
    async fn load(&self, reader: &mut Reader) -> Result<String> {
        gate(self.story).pass().await;
        let title = sqlx::query_scalar("select title from stories where id = $1 and published_at is not null")
            .bind(self.story.to_string())
            .fetch_one(&mut **reader)
            .await?;
        Ok(title)
    }
}

async fn not_found_is_no_older_than_the_question(on: On) {
    let library = Library::open(on).await;
    let (ada, query) = (library.fixture.ada, SlowTitle { story: library.fixture.draft.story });
    let ask = || {
        let (store, query) = (library.store.clone(), query.clone());
        tokio::spawn(async move { store.fetch(&query, Seq::ZERO).await.map(|fetched| fetched.entry.value.clone()) })
    };
    let before = ask();
    gate(query.story).wait_until_begun().await;
    library.store.publish_story(ada, query.story, &[]).await.expect("it is out");
    let after = ask();
    // Long enough to join the load under way; too short, and the test proves nothing, but passes.
    tokio::time::sleep(Duration::from_millis(50)).await;
    gate(query.story).open(100);
    assert!(before.await.expect("an answer").is_err(), "it was a draft");
    assert!(after.await.expect("an answer").is_ok(), "published before it was asked for, and not found");
}
