using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.References;

internal static class RecordedReferences
{
    extension(ArticleContent content)
    {
        /// <summary>The articles that the body embeds, the category, the source, the tags and the authors.</summary>
        public IEnumerable<IEntityId> References() =>
            [
                .. content.EmbeddedArticles().Select(IEntityId (id) => id),
                .. content.CategoryId is { } category ? new IEntityId[] { category } : [],
                .. content.SourceId is { } source ? new IEntityId[] { source } : [],
                .. content.Tags.Select(IEntityId (tag) => tag),
                .. content.Authors.Select(IEntityId (author) => author),
            ];
    }

    extension(CmsDbContext db)
    {
        /// <summary>Replaces the record of what an article or tool uses.</summary>
        public async Task RecordReferencesAsync(
            UsageKind kind,
            IEntityId user,
            IEnumerable<IEntityId> targets,
            CancellationToken cancellationToken
        )
        {
            var userId = SubjectId.Of(user);
            var used = targets.Select(SubjectId.Of).Where(target => target != userId).ToHashSet();
            var before = await db
                .References.Where(r => r.UserId == userId && r.Kind == kind)
                .ToListAsync(cancellationToken);
            db.RemoveRange(before.Where(reference => !used.Contains(reference.TargetId)));
            db.AddRange(
                used.Except(before.Select(reference => reference.TargetId))
                    .Select(target => new Reference
                    {
                        TargetId = target,
                        Kind = kind,
                        UserId = userId,
                    })
            );
        }

        /// <summary>Makes everything that uses one term use another instead.</summary>
        public async Task MoveReferencesAsync(IEntityId from, IEntityId into, CancellationToken cancellationToken)
        {
            var (old, target) = (SubjectId.Of(from), SubjectId.Of(into));
            await db
                .References.Where(r =>
                    r.TargetId == old
                    && db.References.Any(same =>
                        same.TargetId == target && same.Kind == r.Kind && same.UserId == r.UserId
                    )
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .References.Where(r => r.TargetId == old)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.TargetId, target), cancellationToken);
            if (from is TagId tag && into is TagId other)
            {
                await db
                    .MediaTags.Where(t =>
                        t.TagId == tag && db.MediaTags.Any(same => same.MediaId == t.MediaId && same.TagId == other)
                    )
                    .ExecuteDeleteAsync(cancellationToken);
                await db
                    .MediaTags.Where(t => t.TagId == tag)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.TagId, other), cancellationToken);
            }
        }
    }
}
