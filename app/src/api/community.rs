//! The community: posts, comments and likes.

use domain::{
    Answer, Changed, CommentId, Feed, FeedPage, LikedThings, MyLikes, PostId, Remark, StoryId, Thread, ThreadView,
    UserId,
};
use leptos::prelude::server;
use server_fn::codec::GetUrl;

use crate::{AppError, cache::Fetch, showing::Tab, told::Told};
#[cfg(feature = "ssr")]
use crate::{
    asker::signed_in,
    respond::{read, store, written},
};

/// A page of the feed.
#[server(endpoint = "fetch_feed", input = GetUrl, output = Told)]
pub async fn fetch_feed(about: Option<StoryId>, page: u32) -> Result<Answer<FeedPage>, AppError> {
    read(Feed { about, page }).await
}

/// A post with its comments.
#[server(endpoint = "fetch_thread", input = GetUrl, output = Told)]
pub async fn fetch_thread(post: PostId) -> Result<Answer<ThreadView>, AppError> {
    read(Thread { post }).await
}

/// What the viewer likes.
#[server(endpoint = "fetch_my_likes", input = GetUrl, output = Told)]
pub async fn fetch_my_likes(viewer: UserId) -> Result<Answer<LikedThings>, AppError> {
    read(MyLikes { viewer }).await
}

/// Writes a post.
#[server(endpoint = "create_post", output = Told, client = Tab)]
pub async fn create_post(text: Remark, about: Option<StoryId>) -> Result<Changed<PostId>, AppError> {
    let user = signed_in()?;
    written(store().create_post(user, domain::NewPost { text, about }).await).await
}

/// Saves one's own post.
#[server(endpoint = "save_post", output = Told, client = Tab)]
pub async fn save_post(post: PostId, text: Remark) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().save_post(user, post, text).await).await
}

/// Deletes one's own post with its comments.
#[server(endpoint = "delete_post", output = Told, client = Tab)]
pub async fn delete_post(post: PostId) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().delete_post(user, post).await).await
}

/// Likes a story, or no longer.
#[server(endpoint = "like_story", output = Told, client = Tab)]
pub async fn like_story(story: StoryId, liked: bool) -> Result<Changed<u32>, AppError> {
    let user = signed_in()?;
    written(store().like_story(user, story, liked).await).await
}

/// Likes a post, or no longer.
#[server(endpoint = "like_post", output = Told, client = Tab)]
pub async fn like_post(post: PostId, liked: bool) -> Result<Changed<u32>, AppError> {
    let user = signed_in()?;
    written(store().like_post(user, post, liked).await).await
}

/// Comments on a post, or replies to a comment.
#[server(endpoint = "add_comment", output = Told, client = Tab)]
pub async fn add_comment(
    post: PostId,
    parent: Option<CommentId>,
    text: Remark,
) -> Result<Changed<CommentId>, AppError> {
    let user = signed_in()?;
    written(store().add_comment(user, domain::NewComment { post, parent, text }).await).await
}

/// Saves one's own comment.
#[server(endpoint = "save_comment", output = Told, client = Tab)]
pub async fn save_comment(comment: CommentId, text: Remark) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().save_comment(user, comment, text).await).await
}

/// Deletes one's own comment.
#[server(endpoint = "delete_comment", output = Told, client = Tab)]
pub async fn delete_comment(comment: CommentId) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().delete_comment(user, comment).await).await
}

impl Fetch for Feed {
    async fn fetch(self) -> Result<Answer<FeedPage>, AppError> {
        fetch_feed(self.about, self.page).await
    }
}

impl Fetch for Thread {
    async fn fetch(self) -> Result<Answer<ThreadView>, AppError> {
        fetch_thread(self.post).await
    }
}

impl Fetch for MyLikes {
    async fn fetch(self) -> Result<Answer<LikedThings>, AppError> {
        fetch_my_likes(self.viewer).await
    }
}
