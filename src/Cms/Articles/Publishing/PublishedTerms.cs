using System.Collections.Immutable;
using Cms.Authors;
using Cms.Body;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>
/// Makes categories, tags, sources, authors and tools public in the transaction of the first edition that shows them, and adds a
/// change to the log for each. They stay public if the story is withdrawn, because copies and the log still contain
/// their names.
/// </summary>
internal static class PublishedTerms
{
    // SQL Server allows 2,100 parameters, and a body can mention any number of tools.
    private const int MaxBatch = 500;

    extension(CmsDbContext db)
    {
        /// <summary>Publishes the terms that this content is the first to show.</summary>
        /// <param name="content">The content of the edition.</param>
        /// <param name="at">When the edition goes live.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task PublishTermsAsync(
            ArticleContent content,
            DateTimeOffset at,
            CancellationToken cancellationToken
        )
        {
            if (content.CategoryId is { } category)
            {
                await db.PublishAsync<Category, CategoryId>(
                    [category],
                    ChangeKind.CategoryChanged,
                    at,
                    cancellationToken
                );
            }

            if (content.SourceId is { } source)
            {
                await db.PublishAsync<Source, SourceId>([source], ChangeKind.SourceChanged, at, cancellationToken);
            }

            await db.PublishAsync<Author, AuthorId>(content.Authors, ChangeKind.AuthorChanged, at, cancellationToken);
            var tools = await db.PublishAsync<Tool, ToolId>(
                [.. content.Tools.Union(ToolsIn(content.Body))],
                ChangeKind.ToolChanged,
                at,
                cancellationToken
            );

            // Tags are read after the update above has locked the tools, so that no edit can add a tag in between.
            var tagsOfTools =
                tools.Count == 0
                    ? []
                    : await db
                        .Tools.Where(t => tools.Contains(t.Id))
                        .Select(t => t.Tags)
                        .ToListAsync(cancellationToken);
            List<TagId> inherited = [.. tagsOfTools.SelectMany(tags => tags)];
            await db.PublishTagsAsync(
                [.. content.Tags.Union((await db.LiveTermsAsync(inherited, cancellationToken)).Of(inherited))],
                at,
                cancellationToken
            );
        }

        /// <summary>Publishes the tags of an edition or of a public tool.</summary>
        /// <param name="tags">The tags, without duplicates.</param>
        /// <param name="at">When the tags become public.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public Task PublishTagsAsync(
            IReadOnlyList<TagId> tags,
            DateTimeOffset at,
            CancellationToken cancellationToken
        ) => db.PublishAsync<Tag, TagId>(tags, ChangeKind.TagChanged, at, cancellationToken);

        // Returns the ids that were not public before.
        private async Task<List<TId>> PublishAsync<T, TId>(
            IReadOnlyList<TId> ids,
            ChangeKind kind,
            DateTimeOffset at,
            CancellationToken cancellationToken
        )
            where T : class, IPublishedByEdition
            where TId : struct, IEntityId<TId>
        {
            List<TId> published = [];
            foreach (var chunk in ids.Chunk(MaxBatch))
            {
                var batch = chunk.ToList();
                var hidden = await db.Set<T>()
                    .Where(row => batch.Contains(EF.Property<TId>(row, "Id")) && row.FirstPublishedAt == null)
                    .Select(row => EF.Property<TId>(row, "Id"))
                    .ToListAsync(cancellationToken);
                if (hidden.Count == 0)
                {
                    continue;
                }

                // Two editions can publish the same term at the same time. The time of the first is stored, and both
                // announce the term.
                await db.Set<T>()
                    .Where(row => hidden.Contains(EF.Property<TId>(row, "Id")) && row.FirstPublishedAt == null)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(x => EF.Property<DateTimeOffset?>(x, "FirstPublishedAt"), at),
                        cancellationToken
                    );
                published.AddRange(batch.Where(hidden.Contains));
            }

            foreach (var id in published)
            {
                db.Announce(kind, id);
            }

            return published;
        }
    }

    private static ImmutableArray<ToolId> ToolsIn(string? body) =>
        body is null ? [] : RichText.OfStored(body).Derive(BodyForms.References).References.Tools;
}
