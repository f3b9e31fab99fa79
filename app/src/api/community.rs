//! The community: posts, comments and likes.

use abreast_browser::{JsonCodec, MutationClient};
use domain::{Changed, CommentId, PostId, Remark, Rev, StoryId, Subject};
use leptos::prelude::server;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::{
    asker::signed_in,
    respond::{store, written},
};

/// Writes a post.
#[server(endpoint = "create_post", output = JsonCodec, client = MutationClient)]
pub async fn create_post(text: Remark, about: Option<Subject>) -> Result<Changed<PostId>, AppError> {
    let user = signed_in()?;
    written(store().create_post(user, domain::NewPost { text, about }).await).await
}

/// Saves one's own post.
#[server(endpoint = "save_post", output = JsonCodec, client = MutationClient)]
pub async fn save_post(post: PostId, text: Remark, base: Rev) -> Result<Changed<Rev>, AppError> {
    let user = signed_in()?;
    written(store().save_post(user, post, text, base).await).await
}

/// Deletes one's own post with its comments.
#[server(endpoint = "delete_post", output = JsonCodec, client = MutationClient)]
pub async fn delete_post(post: PostId) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().delete_post(user, post).await).await
}

/// Likes a story, or no longer.
#[server(endpoint = "like_story", output = JsonCodec, client = MutationClient)]
pub async fn like_story(story: StoryId, liked: bool) -> Result<Changed<u32>, AppError> {
    let user = signed_in()?;
    written(store().like_story(user, story, liked).await).await
}

/// Likes a post, or no longer.
#[server(endpoint = "like_post", output = JsonCodec, client = MutationClient)]
pub async fn like_post(post: PostId, liked: bool) -> Result<Changed<u32>, AppError> {
    let user = signed_in()?;
    written(store().like_post(user, post, liked).await).await
}

/// Comments on a post, or replies to a comment.
#[server(endpoint = "add_comment", output = JsonCodec, client = MutationClient)]
pub async fn add_comment(
    post: PostId,
    parent: Option<CommentId>,
    text: Remark,
) -> Result<Changed<CommentId>, AppError> {
    let user = signed_in()?;
    written(store().add_comment(user, domain::NewComment { post, parent, text }).await).await
}

/// Saves one's own comment.
#[server(endpoint = "save_comment", output = JsonCodec, client = MutationClient)]
pub async fn save_comment(comment: CommentId, text: Remark, base: Rev) -> Result<Changed<Rev>, AppError> {
    let user = signed_in()?;
    written(store().save_comment(user, comment, text, base).await).await
}

/// Deletes one's own comment.
#[server(endpoint = "delete_comment", output = JsonCodec, client = MutationClient)]
pub async fn delete_comment(comment: CommentId) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().delete_comment(user, comment).await).await
}
