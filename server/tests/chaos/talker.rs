//! What a member does: posts, comments and likes.

use rand::Rng;

use super::{
    cast::{TALKERS, TOGGLED, WRITERS},
    client::{Body, Client, Outcome},
    marks::mark,
    writer::Draft,
};

/// What a talker remembers.
pub(crate) struct Talk {
    number: usize,
    /// The own post.
    post: Draft,
    /// How many comments were begun.
    begun: u64,
    said: Option<Said>,
    likes: [(u64, bool); WRITERS],
}

/// A comment that is there.
struct Said {
    id: String,
    thing: String,
    text: Draft,
}

impl Talk {
    pub(crate) const fn new(number: usize) -> Self {
        Self { number, post: Draft::new(), begun: 0, said: None, likes: [(0, false); WRITERS] }
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
        let (thing, post) = (format!("p{}", self.number), client.stage.library.posts[self.number]);
        let draft = &mut self.post;
        draft.number += 1;
        let body = format!("post={post}&text={}&base={}", mark(&thing, draft.number), draft.rev);
        draft.keep(&client.write(&thing, draft.number, true, "/api/save_post", Body::Form(body)).await);
    }

    /// Says something, then says it differently, then takes it back. What is not known to be there
    /// is left alone.
    async fn comment(&mut self, client: &mut Client) {
        let Some(mut said) = self.said.take() else { return self.begin(client).await };
        said.text.number += 1;
        let gone = client.dice.random_bool(0.5);
        let (path, body) = if gone {
            ("/api/delete_comment", format!("comment={}", said.id))
        } else {
            let text = mark(&said.thing, said.text.number);
            ("/api/save_comment", format!("comment={}&text={text}&base={}", said.id, said.text.rev))
        };
        let outcome = client.write(&said.thing, said.text.number, !gone, path, Body::Form(body)).await;
        if matches!(outcome, Outcome::Done(_)) && !gone {
            said.text.keep(&outcome);
            self.said = Some(said);
        }
    }

    async fn begin(&mut self, client: &mut Client) {
        self.begun += 1;
        let thing = format!("m{}.{}", self.below(), self.begun);
        let post = client.stage.library.posts[self.below()];
        let body = Body::Form(format!("post={post}&text={}", mark(&thing, 0)));
        if let Outcome::Done(id) = client.write(&thing, 0, true, "/api/add_comment", body).await {
            self.said = id.as_str().map(|id| Said { id: id.to_owned(), thing, text: Draft::new() });
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
