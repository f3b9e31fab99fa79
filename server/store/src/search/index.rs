//! The index: which story and which person is found by which terms. Always written in the transaction that changes what
//! the terms are made of.

use domain::{Invalidation, Note, StoryId, StoryTags, Tag, Title, UserId};
use sqlx::AssertSqlSafe;

use super::terms::{Weights, Worth, add, of_tag};
use crate::{Result, Store, Writing, row::Columns};

const TITLE: Worth = Worth { word: 40, beginning: Some(12) };
const PERSON: Worth = Worth { word: 30, beginning: Some(10) };
const TAG: Worth = Worth { word: 20, beginning: Some(8) };
const BLURB: Worth = Worth { word: 4, beginning: None };

/// How many rows one statement inserts.
const AT_ONCE: usize = 100;
/// How many things are looked up at once.
const BATCH: i64 = 50;

impl Store {
    /// Indexes what is not in the index: from before there was one, or saved by a node of an older version. Says how many
    /// stories and people that were.
    pub async fn index_all(&self) -> Result<u64> {
        let mut indexed = 0;
        loop {
            let before = indexed;
            for id in self.unindexed("select id from stories where indexed <> rev order by id limit $1").await? {
                let mut writing = self.database.begin_writing().await?;
                index_story(&mut writing, id.parse().map_err(crate::Error::corrupt)?).await?;
                writing.commit().await?;
                indexed += 1;
            }
            for id in self.unindexed("select id from users where indexed = 0 order by id limit $1").await? {
                let mut writing = self.database.begin_writing().await?;
                index_person(&mut writing, id.parse().map_err(crate::Error::corrupt)?).await?;
                writing.commit().await?;
                indexed += 1;
            }
            if indexed == before {
                break;
            }
        }
        if indexed > 0 {
            self.invalidate([Tag::Stories, Tag::Members].map(Invalidation::Tag).into()).await?;
        }
        Ok(indexed)
    }

    async fn unindexed(&self, statement: &'static str) -> Result<Vec<String>> {
        let mut reading = self.database.begin_reading().await?;
        Ok(sqlx::query_scalar(statement).bind(BATCH).fetch_all(&mut *reading).await?)
    }
}

/// Indexes a story as it is now.
pub(crate) async fn index_story(db: &mut Writing, story: StoryId) -> Result<()> {
    let row = sqlx::query("update stories set indexed = rev where id = $1 returning title, blurb, tags")
        .bind(story.to_string())
        .fetch_one(&mut *db)
        .await?;
    let (title, blurb, tags) =
        (row.read::<Title>("title")?, row.read::<Note>("blurb")?, row.parsed::<StoryTags>("tags")?);
    let mut weights = Weights::new();
    add(&mut weights, title.as_str(), TITLE);
    add(&mut weights, blurb.as_str(), BLURB);
    for tag in tags.iter() {
        add(&mut weights, tag.as_str(), TAG);
        weights.insert(of_tag(tag), 0);
    }
    sqlx::query("delete from story_terms where story_id = $1").bind(story.to_string()).execute(&mut *db).await?;
    insert(db, "story_terms (story_id, term, weight)", story.to_string(), weights).await
}

/// Indexes a person by the name and the handle that they have now.
pub(crate) async fn index_person(db: &mut Writing, user: UserId) -> Result<()> {
    let row = sqlx::query("update users set indexed = 1 where id = $1 returning name, coalesce(handle, '') as handle")
        .bind(user.to_string())
        .fetch_one(&mut *db)
        .await?;
    let mut weights = Weights::new();
    add(&mut weights, &row.text("name")?, PERSON);
    add(&mut weights, &row.text("handle")?, PERSON);
    sqlx::query("delete from person_terms where user_id = $1").bind(user.to_string()).execute(&mut *db).await?;
    insert(db, "person_terms (user_id, term, weight)", user.to_string(), weights).await
}

async fn insert(db: &mut Writing, into: &'static str, of: String, weights: Weights) -> Result<()> {
    let weights: Vec<_> = weights.into_iter().collect();
    for some in weights.chunks(AT_ONCE) {
        let rows = (0..some.len()).map(|number| format!("($1, ${}, ${})", 2 + number * 2, 3 + number * 2));
        let statement = format!("insert into {into} values {}", rows.collect::<Vec<_>>().join(", "));
        let mut query = sqlx::query(AssertSqlSafe(statement)).bind(of.clone());
        for (term, weight) in some {
            query = query.bind(term.clone()).bind(*weight);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}
