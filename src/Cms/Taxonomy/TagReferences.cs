using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

internal static class TagReferences
{
    extension(CmsDbContext db)
    {
        public async Task<List<UserError>> MissingTagsAsync(
            IReadOnlyList<TagId> tags,
            CancellationToken cancellationToken
        )
        {
            if (tags.Count == 0)
            {
                return [];
            }

            var found = await db.Tags.Where(t => tags.Contains(t.Id)).Select(t => t.Id).ToListAsync(cancellationToken);
            return [.. tags.Except(found).Select(id => new TagNotFound(id) { Path = ["tags"] })];
        }
    }
}
