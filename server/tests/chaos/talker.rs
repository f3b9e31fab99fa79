//! What somebody does who posts, comments and likes.

use rand::Rng;

use super::{
    cast::{TALKERS, TOGGLED, WRITERS},
    client::{Body, Client, Outcome},
    marks::mark,
};

/// What a talker remembers.
pub(crate) struct Talk {
    number: usize,
    /// How often the own post was saved.
    post: u64,
    /// How many comments were begun.
    begun: u64,
    said: Option<Said>,
    likes: [(u64, bool); WRITERS],
}

/// A comment that is there.
struct Said {
    id: String,
    thing: String,
    number: u64,
}

impl Talk {
    pub(crate) const fn new(number: usize) -> Self {
        Self { number, post: 0, begun: 0, said: None, likes: [(0, false); WRITERS] }
    }

    /// One thing that a talker does.
    pub(crate) async fn act(&mut self, client: &mut Client) {
        match client.dice.random_range(0..100) {
            0..5 => self.save_post(client).await,
            5..14 => self.comment(client).await,
            14..22 => self.like(client).await,
            22..36 => client.read_likes().await,
            36..44 => client.read_thread(self.below()).await,
            _ => client.read_something().await,
        }
    }

    /// Below whose post this one comments; nobody else does.
    const fn below(&self) -> usize {
        (self.number + 1) % TALKERS
    }

    async fn save_post(&mut self, client: &mut Client) {
        self.post += 1;
        let thing = format!("p{}", self.number);
        let body = format!("post={}&text={}", client.stage.library.posts[self.number], mark(&thing, self.post));
        client.write(&thing, self.post, true, "/api/save_post", Body::Form(body)).await;
    }

    /// Says something, then says it differently, then takes it back. What is not known to be there
    /// is left alone.
    async fn comment(&mut self, client: &mut Client) {
        let Some(mut said) = self.said.take() else { return self.begin(client).await };
        said.number += 1;
        let gone = client.dice.random_bool(0.5);
        let (path, body) = if gone {
            ("/api/delete_comment", format!("comment={}", said.id))
        } else {
            ("/api/save_comment", format!("comment={}&text={}", said.id, mark(&said.thing, said.number)))
        };
        let outcome = client.write(&said.thing, said.number, !gone, path, Body::Form(body)).await;
        if matches!(outcome, Outcome::Done(_)) && !gone {
            self.said = Some(said);
        }
    }

    async fn begin(&mut self, client: &mut Client) {
        self.begun += 1;
        let thing = format!("m{}.{}", self.below(), self.begun);
        let post = client.stage.library.posts[self.below()];
        let body = Body::Form(format!("post={post}&text={}", mark(&thing, 0)));
        if let Outcome::Done(id) = client.write(&thing, 0, true, "/api/add_comment", body).await {
            self.said = id.as_str().map(|id| Said { id: id.to_owned(), thing, number: 0 });
        }
    }

    async fn like(&mut self, client: &mut Client) {
        let story = client.dice.random_range(TOGGLED..WRITERS);
        let (number, liked) = &mut self.likes[story];
        (*number, *liked) = (*number + 1, !*liked);
        let body = Body::Form(format!("story={}&liked={liked}", client.stage.library.stories[story].id));
        client.write(&format!("l{}.{story}", self.number), *number, *liked, "/api/like_story", body).await;
    }
}
