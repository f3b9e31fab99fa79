-- Which chapter a post is about, beside its story. No reference: a chapter in the trash comes back by the same id, and
-- until then, or for good, the post is about the story.
alter table posts add column about_chapter text;

create index posts_about_chapter on posts (about_chapter, created_at);
