using Cms.Data;
using Cms.GraphQL;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Drafting;

internal static class ArticleReferences
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns an error for each category, source, tag and tool in the content that does not exist.
        /// </summary>
        public async Task<List<UserError>> MissingReferencesAsync(
            ArticleContent content,
            CancellationToken cancellationToken
        )
        {
            List<UserError> missing = [];
            if (
                content.CategoryId is { } category
                && !await db.Categories.AnyAsync(c => c.Id == category, cancellationToken)
            )
            {
                missing.Add(new CategoryNotFound(category) { Path = ["category"] });
            }

            if (content.SourceId is { } source && !await db.Sources.AnyAsync(s => s.Id == source, cancellationToken))
            {
                missing.Add(new SourceNotFound(source) { Path = ["source"] });
            }

            missing.AddRange(await db.MissingTagsAsync(content.Tags, cancellationToken));
            if (content.Tools is [_, ..] tools)
            {
                var found = await db
                    .Tools.Where(t => tools.Contains(t.Id))
                    .Select(t => t.Id)
                    .ToListAsync(cancellationToken);
                missing.AddRange(tools.Except(found).Select(id => new ToolNotFound(id) { Path = ["about"] }));
            }

            return missing;
        }
    }
}
