//! The demo library: three people, what they wrote, and what they say about it. Its text is in
//! `demo/` beside this package, in files that people can edit.

mod talk;

use std::collections::HashMap;

use domain::{
    CommentId, Email, Format, Genre, ManuscriptFile, Name, NewComment, NewPost, Note, Password, Remark, Role, SignUp,
    StoryId, UserId,
};

use self::talk::Post;
use crate::{Error, Result, Store, hashing, row::Columns};

/// What all three sign in with.
const PASSWORD: &str = "quire-demo";

/// Who is here.
const ACCOUNTS: [(&str, &str, Role); 3] = [
    ("ada@quire.example", "Ada", Role::Writer),
    ("ben@quire.example", "Ben", Role::Writer),
    ("mira@quire.example", "Mira", Role::Manager),
];

macro_rules! stories {
    ($($slug:literal)*) => {
        [$(($slug, include_str!(concat!("../demo/stories/", $slug, ".md")))),*]
    };
}

/// What they wrote, the newest last.
const STORIES: [(&str, &str); 5] =
    stories! { "one-s-yearly" "any-other-business" "the-friday-slot" "the-understudy" "the-tare" };

impl Store {
    /// Fills an empty library; does nothing if anybody has an account. Says whether it did.
    pub async fn seed_demo(&self) -> Result<bool> {
        let mut reading = self.database.begin_reading().await?;
        let accounts: i64 = sqlx::query_scalar("select count(*) from users").fetch_one(&mut *reading).await?;
        drop(reading);
        if accounts > 0 {
            self.flag_demo_accounts().await?;
            return Ok(false);
        }
        let people = self.seed_accounts().await?;
        let stories = self.seed_stories(&people).await?;
        self.seed_casts(&stories).await?;
        for post in talk::posts(include_str!("../demo/community.md"))? {
            self.seed_post(&people, &stories, post).await?;
        }
        Ok(true)
    }

    /// Whether there are demo accounts, whose password everybody knows.
    pub async fn has_demo_accounts(&self) -> Result<bool> {
        let mut reading = self.database.begin_reading().await?;
        let demo: i64 =
            sqlx::query_scalar("select count(*) from users where demo = 1").fetch_one(&mut *reading).await?;
        Ok(demo > 0)
    }

    /// Flags the demo accounts of a library that was seeded before they had a flag: an account with one of their
    /// addresses is one only if it has their password.
    pub async fn flag_demo_accounts(&self) -> Result<()> {
        for (email, ..) in ACCOUNTS {
            let account = sqlx::query("select id, password from users where email = $1 and demo = 0")
                .bind(email)
                .fetch_optional(&mut *self.database.begin_reading().await?)
                .await?;
            let Some(account) = account else { continue };
            let password = Password::parse(PASSWORD).map_err(unreadable)?;
            if hashing::is_password(password, Some(account.text("password")?)).await? {
                self.flag(account.parsed("id")?).await?;
            }
        }
        Ok(())
    }

    /// No answer that is kept anywhere says which accounts are the demo library's, so nothing becomes old.
    async fn flag(&self, user: UserId) -> Result<()> {
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("update users set demo = 1 where id = $1").bind(user.to_string()).execute(&mut writing).await?;
        Ok(writing.commit().await?)
    }

    async fn seed_accounts(&self) -> Result<HashMap<&'static str, UserId>> {
        let mut people = HashMap::new();
        for (email, name, role) in ACCOUNTS {
            let sign_up = SignUp {
                name: Name::parse(name).map_err(unreadable)?,
                email: Email::parse(email).map_err(unreadable)?,
                password: Password::parse(PASSWORD).map_err(unreadable)?,
                role,
            };
            let user = *self.add_account(sign_up).await?.value();
            self.flag(user).await?;
            people.insert(email, user);
        }
        Ok(people)
    }

    async fn seed_stories(
        &self,
        people: &HashMap<&'static str, UserId>,
    ) -> Result<HashMap<&'static str, (UserId, StoryId)>> {
        let mut stories = HashMap::new();
        for (slug, text) in STORIES {
            let file = ManuscriptFile::parse(&format!("{slug}.md"), text).map_err(unreadable)?;
            let author = known(people, file.front.author.as_deref().unwrap_or_default())?;
            let genre = file.front.genre.unwrap_or(Genre::Literary);
            let format = file.front.format.unwrap_or(Format::Novel);
            let publish = file.front.published.unwrap_or_default();
            let story = *self.import_story(author, file, genre, format, publish).await?.value();
            stories.insert(slug, (author, story));
        }
        Ok(stories)
    }

    async fn seed_casts(&self, stories: &HashMap<&'static str, (UserId, StoryId)>) -> Result<()> {
        for (slug, lines) in talk::sections(include_str!("../demo/cast.md")) {
            let (author, story) = known(stories, slug)?;
            for line in lines.lines().filter(|line| !line.trim().is_empty()) {
                let (kind, name, description) = talk::member(line)?;
                let (name, description) =
                    (Name::parse(name).map_err(unreadable)?, Note::parse(description).map_err(unreadable)?);
                self.add_cast_member(author, story, kind.parse().map_err(unreadable)?, name, description).await?;
            }
        }
        Ok(())
    }

    async fn seed_post(
        &self,
        people: &HashMap<&'static str, UserId>,
        stories: &HashMap<&'static str, (UserId, StoryId)>,
        post: Post<'_>,
    ) -> Result<()> {
        let about = post.about.map(|slug| known(stories, slug)).transpose()?.map(|(_, story)| story.into());
        let new = NewPost { text: Remark::parse(&post.text).map_err(unreadable)?, about };
        let id = *self.create_post(known(people, post.author)?, new).await?.value();
        // The comments above the one that comes next, from the top of the conversation.
        let mut above: Vec<CommentId> = vec![];
        for comment in post.comments {
            above.truncate(comment.depth);
            let new = NewComment {
                post: id,
                parent: above.last().copied(),
                text: Remark::parse(comment.text).map_err(unreadable)?,
            };
            above.push(*self.add_comment(known(people, comment.author)?, new).await?.value());
        }
        Ok(())
    }
}

fn known<T: Copy>(all: &HashMap<&'static str, T>, name: &str) -> Result<T> {
    all.get(name).copied().ok_or_else(|| unreadable(name))
}

fn unreadable(what: impl std::fmt::Display) -> Error {
    Error::corrupt(format!("the demo library: {what}"))
}
