//! Search: stories by their words and by what they are.
//!
//! A story or a person is found by terms: `terms` makes them, and the transaction that changes a title or a name writes
//! them. The words of a search are compared with these as they are, so nothing in them is an operator.

mod index;
mod terms;

use domain::{
    Cursor, Format, FoundStories, Genre, Language, Length, Rating, Search, SearchFor, Status, StoryId, Warning,
};
use sqlx::any::AnyRow;

pub(crate) use self::{
    index::{index_person, index_story},
    terms::asked,
};
use crate::{
    Load, Reader, Result,
    catalogue::{card, cards},
    row::Columns,
};

/// What is found by all of `$1` to `$8`, of which there are `$9`, and how well; without any, all that is published. Of
/// these the ones that are as they should be, in order, from where the page before ended. `cross join`, as in a thread.
const FOUND: &str = concat!(
    "with hits (story_id, term, weight) as (
         select t.story_id, t.term, t.weight from story_terms t where t.term in ($1, $2, $3, $4, $5, $6, $7, $8)
         union all
         select s.id, t.term, t.weight from person_terms t join stories s on s.author_id = t.user_id
         where t.term in ($1, $2, $3, $4, $5, $6, $7, $8)
     ), best (story_id, term, weight) as (
         select story_id, term, max(weight) from hits group by story_id, term
     ), found (story_id, score) as (
         select story_id, cast(sum(weight) as bigint) from best group by story_id having count(*) = $9
         union all
         select id, 0 from stories where $9 = 0 and published_at is not null
     )
     select k.id, k.title, k.author_id, k.author_name, k.author_handle, k.blurb, k.format, k.genre, k.status,
            k.language, k.rating, k.warnings, k.tags, k.published_at, k.words, k.likes, k.key
     from (
         select c.id, c.title, c.author_id, c.author_name, c.author_handle, c.blurb, c.format, c.genre, c.status,
                c.language, c.rating, c.warnings, c.tags, c.published_at, c.words, c.likes,
                case $10 when 'new' then c.published_at when 'liked' then c.likes when 'words' then c.words
                         when 'relevance' then f.score
                         else coalesce((select max(x.first_published_at) from chapters x
                                        where x.story_id = c.id and x.published = 1), c.published_at)
                end as key
         from found f cross join (",
    cards!(""),
    ") c
         where c.id = f.story_id and ($11 = '' or c.genre = $11) and ($12 = '' or c.format = $12) and ($13 = '' or c.status = $13)
           and ($14 = '' or c.rating = $14) and ($15 = '' or c.language = $15)
           and ($16 = '' or exists (select 1 from story_terms t where t.term = $16 and t.story_id = c.id))
           and c.words >= $17 and c.words < $18
           and ' ' || c.warnings || ' ' not like $19 and ' ' || c.warnings || ' ' not like $20
           and ' ' || c.warnings || ' ' not like $21 and ' ' || c.warnings || ' ' not like $22
           and ' ' || c.warnings || ' ' not like $23 and ' ' || c.warnings || ' ' not like $24
           and ' ' || c.warnings || ' ' not like $25 and ' ' || c.warnings || ' ' not like $26
     ) k
     where k.key < $27 or (k.key = $27 and k.id > $28)
     order by k.key desc, k.id limit $29"
);

impl Load for Search {
    async fn load(&self, reader: &mut Reader) -> Result<FoundStories> {
        let SearchFor { text, genre, format, status, length, rating, language, tag, without, .. } = &self.wanted;
        let terms = terms::asked(text.as_str());
        // Signs alone are no words: they find nothing.
        if terms.is_empty() && !text.is_empty() {
            return Ok(FoundStories { stories: vec![], after: None });
        }
        let mut query = sqlx::query(FOUND);
        for place in 0..Self::TERMS {
            query = query.bind(terms.get(place).cloned().unwrap_or_default());
        }
        query = query.bind(i64::try_from(terms.len()).unwrap_or(i64::MAX)).bind(self.wanted.order().slug());
        let kinds = [
            genre.map(Genre::slug),
            format.map(Format::slug),
            status.map(Status::slug),
            rating.map(Rating::slug),
            language.map(Language::slug),
        ];
        for kind in kinds {
            query = query.bind(kind.unwrap_or_default());
        }
        let (least, below) = length.map_or((0, i64::MAX), Length::words);
        query = query.bind(tag.as_ref().map(terms::of_tag).unwrap_or_default()).bind(least).bind(below);
        for &warning in Warning::ALL {
            query = query.bind(if without.has(warning) { format!("% {warning} %") } else { String::new() });
        }
        let Cursor { key, id } = self.after.unwrap_or(Cursor { key: i64::MAX, id: StoryId::from_bits(0) });
        let rows =
            query.bind(key).bind(id.to_string()).bind(i64::from(Self::STORIES) + 1).fetch_all(&mut **reader).await?;
        page(&rows)
    }
}

/// One row more than a page holds tells whether there are more.
fn page(rows: &[AnyRow]) -> Result<FoundStories> {
    let most = usize::try_from(Search::STORIES).unwrap_or(usize::MAX);
    let last = rows.get(most - 1).filter(|_| rows.len() > most);
    let after = last.map(|row| Ok::<_, crate::Error>(Cursor { key: row.number("key")?, id: row.parsed("id")? }));
    Ok(FoundStories { stories: rows.iter().take(most).map(card).collect::<Result<_>>()?, after: after.transpose()? })
}
