//! The record: a row for each thing that was done. The database itself refuses to change or delete one.

use domain::{Act, ActId, ActKind, ActLog, ActPage, Grounds, Millis, Note, Person, Reportable, UserId};
use sqlx::any::AnyRow;

use super::thing::Seen;
use crate::{Error, Load, Reader, Result, Writing, access, clock, row::Columns};

/// Something that is done now.
pub(crate) struct NewAct<'a> {
    kind: ActKind,
    by: UserId,
    about: Option<UserId>,
    what: Option<Reportable>,
    title: &'a str,
    text: &'a str,
    told: &'a str,
    note: &'a str,
    until: Option<i64>,
    answers: Option<ActId>,
}

impl<'a> NewAct<'a> {
    pub(crate) const fn new(kind: ActKind, by: UserId) -> Self {
        let nothing = "";
        Self {
            kind,
            by,
            about: None,
            what: None,
            title: nothing,
            text: nothing,
            told: nothing,
            note: nothing,
            until: None,
            answers: None,
        }
    }

    pub(crate) const fn about(self, about: UserId) -> Self {
        Self { about: Some(about), ..self }
    }

    pub(super) fn on(self, what: Reportable, seen: &'a Seen) -> Self {
        self.on_text(what, &seen.title, &seen.text)
    }

    pub(super) const fn on_text(self, what: Reportable, title: &'a str, text: &'a str) -> Self {
        Self { what: Some(what), title, text, ..self }
    }

    pub(super) fn telling(self, told: &'a Grounds) -> Self {
        Self { told: told.as_str(), ..self }
    }

    pub(super) fn noting(self, note: &'a Note) -> Self {
        Self { note: note.as_str(), ..self }
    }

    /// A few words of our own, in the place of a note.
    pub(crate) const fn saying(self, note: &'a str) -> Self {
        Self { note, ..self }
    }

    pub(super) const fn until(self, until: i64) -> Self {
        Self { until: Some(until), ..self }
    }

    pub(super) const fn answering(self, act: ActId) -> Self {
        Self { answers: Some(act), ..self }
    }

    /// Writes it down.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if it is a second answer.
    pub(crate) async fn record(self, db: &mut Writing) -> Result<()> {
        sqlx::query(
            "insert into acts (id, at, kind, by_id, about_id, thing_kind, thing_id, title, text, told, note, until_at,
                    answers)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(ActId::from_bits(clock::new_bits()).to_string())
        .bind(clock::tick().0)
        .bind(self.kind.slug())
        .bind(self.by.to_string())
        .bind(self.about.map(|about| about.to_string()).unwrap_or_default())
        .bind(self.what.map(Reportable::noun))
        .bind(self.what.map(Reportable::id))
        .bind(self.title)
        .bind(self.text)
        .bind(self.told)
        .bind(self.note)
        .bind(self.until)
        .bind(self.answers.map(|act| act.to_string()))
        .execute(db)
        .await
        .map_err(|error| match error.as_database_error() {
            Some(refused) if refused.is_unique_violation() => Error::NotAllowed,
            _ => error.into(),
        })?;
        Ok(())
    }
}

/// Rows of the record with the names of people, narrowed down and put in order by what follows.
macro_rules! acts {
    ($rest:literal) => {
        concat!(
            "select a.id, a.at, a.kind, ",
            $crate::row::author!("b"),
            ", o.id as about_id, o.name as about_name,
                    coalesce(o.handle, o.id) as about_handle, a.thing_kind, a.thing_id, a.title, a.told, a.note,
                    a.until_at
             from acts a join users b on b.id = a.by_id left join users o on o.id = a.about_id ",
            $rest
        )
    };
}

impl Load for ActLog {
    async fn load(&self, reader: &mut Reader) -> Result<ActPage> {
        access::manager(&mut **reader, self.viewer).await?;
        let rows = sqlx::query(acts!("order by a.at desc, a.id desc limit $1 offset $2"))
            .bind(i64::from(Self::PAGE) + 1)
            .bind(i64::from(self.page) * i64::from(Self::PAGE))
            .fetch_all(&mut **reader)
            .await?;
        let mut acts: Vec<_> = rows.iter().map(act).collect::<Result<_>>()?;
        let page = usize::try_from(Self::PAGE).unwrap_or(usize::MAX);
        let more = acts.len() > page;
        acts.truncate(page);
        Ok(ActPage { acts, more })
    }
}

/// What was done before about a thing, or about its author.
pub(super) async fn before(reader: &mut Reader, what: Reportable, author: UserId, most: u32) -> Result<Vec<Act>> {
    let rows = sqlx::query(acts!(
        "where (a.thing_kind = $1 and a.thing_id = $2) or a.about_id = $3 order by a.at desc, a.id desc limit $4"
    ))
    .bind(what.noun())
    .bind(what.id())
    .bind(author.to_string())
    .bind(i64::from(most))
    .fetch_all(&mut **reader)
    .await?;
    rows.iter().map(act).collect()
}

fn act(row: &AnyRow) -> Result<Act> {
    let about = match row.maybe_parsed("about_id")? {
        Some(user) => Some(Person { user, name: row.read("about_name")?, handle: row.parsed("about_handle")? }),
        None => None,
    };
    Ok(Act {
        act: row.parsed("id")?,
        at: row.millis("at")?,
        kind: row.parsed("kind")?,
        by: row.author()?,
        about,
        what: thing(row)?,
        title: row.text("title")?,
        told: row.text("told")?,
        note: row.read("note")?,
        until: row.maybe_number("until_at")?.map(Millis),
    })
}

/// What a row is about, from `thing_kind` and `thing_id`.
pub(super) fn thing(row: &AnyRow) -> Result<Option<Reportable>> {
    let Some(kind) = row.maybe_text("thing_kind")? else { return Ok(None) };
    format!("{kind}:{}", row.text("thing_id")?).parse().map(Some).map_err(Error::corrupt)
}
