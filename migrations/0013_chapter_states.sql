-- When a story was published first, which an unpublish does not change: it is no way to the top of a catalogue.
alter table stories add column first_published_at bigint;
update stories set first_published_at = published_at;

-- Whether readers have a chapter, and when they had it first. In a published story they had every chapter; those of
-- another story are drafts, which its author is offered when it is published.
alter table chapters add column published bigint not null default 0;
alter table chapters add column first_published_at bigint;
update chapters
set published = 1,
    first_published_at = (select s.published_at from stories s where s.id = chapters.story_id)
where story_id in (select id from stories where published_at is not null);

drop index chapters_story;
-- Covers the question which chapters readers have.
create index chapters_story on chapters (story_id, published, id);
