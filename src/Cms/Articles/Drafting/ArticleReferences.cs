using Cms.Authors;
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
        /// Returns an error for each category, source, tag, author and tool in the content that does not exist.
        /// </summary>
        public async Task<List<UserError>> MissingReferencesAsync(
            ArticleContent content,
            LiveTerms terms,
            CancellationToken cancellationToken
        )
        {
            List<UserError> missing = [];
            if (content.CategoryId is { } category && !terms.Has(category))
            {
                missing.Add(new CategoryNotFound(category) { Path = ["category"] });
            }

            if (content.SourceId is { } source && !terms.Has(source))
            {
                missing.Add(new SourceNotFound(source) { Path = ["source"] });
            }

            missing.AddRange(
                content
                    .Tags.Distinct()
                    .Where(tag => !terms.Has(tag))
                    .Select(id => new TagNotFound(id) { Path = ["tags"] })
            );
            missing.AddRange(
                content
                    .Authors.Distinct()
                    .Where(author => !terms.Has(author))
                    .Select(id => new AuthorNotFound(id) { Path = ["authors"] })
            );
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
