//! Single flight: whoever joins a load under way is not told what was so before they asked.

mod library;

use std::time::Duration;

use domain::{Area, Policy, Query, Seq, StoryId, Tag, Tags, UserId};
use library::Library;
use serde::{Deserialize, Serialize};
use store::{Load, Reader, Result};
use tokio::sync::Semaphore;

/// A published story's title, read by somebody who is held up once the snapshot is taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SlowTitle {
    story: StoryId,
}

static BEGUN: Semaphore = Semaphore::const_new(0);
static GO: Semaphore = Semaphore::const_new(0);

impl Query for SlowTitle {
    type Output = String;
    const NAME: &'static str = "slow-title";
    const VERSION: u32 = 1;
    const AREA: Area = Area::Reading;
    const POLICY: Policy = Policy::PUBLISHED;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &String) -> Tags {
        Tags::of(Tag::Contents(self.story), [])
    }
}

impl Load for SlowTitle {
    async fn load(&self, reader: &mut Reader) -> Result<String> {
        BEGUN.add_permits(1);
        GO.acquire().await.expect("open").forget();
        let title = sqlx::query_scalar("select title from stories where id = $1 and published_at is not null")
            .bind(self.story.to_string())
            .fetch_one(&mut **reader)
            .await?;
        Ok(title)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_found_is_no_older_than_the_question() {
    let library = Library::open().await;
    let (ada, query) = (library.fixture.ada, SlowTitle { story: library.fixture.draft.story });
    let ask = || {
        let (store, query) = (library.store.clone(), query.clone());
        tokio::spawn(async move { store.fetch(&query, Seq::ZERO).await.map(|fetched| fetched.entry.value.clone()) })
    };
    let before = ask();
    BEGUN.acquire().await.expect("open").forget();
    library.store.publish_story(ada, query.story).await.expect("it is out");
    let after = ask();
    // Long enough to join the load under way; too short, and the test proves nothing, but passes.
    tokio::time::sleep(Duration::from_millis(50)).await;
    GO.add_permits(100);
    assert!(before.await.expect("an answer").is_err(), "it was a draft");
    assert!(after.await.expect("an answer").is_ok(), "published before it was asked for, and not found");
}
