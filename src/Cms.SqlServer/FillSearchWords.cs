using Cms.Data;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.SqlServer;

/// <summary>
/// Computes the words of search documents that were stored before the column existed. A migration cannot do this,
/// because SQL cannot stem words. Startup does it, so that a database migrated by a script gets the words too.
/// </summary>
public static class FillSearchWords
{
    private const int Batch = 100;

    public static async Task RunAsync(CmsDbContext db, CancellationToken cancellationToken)
    {
        List<SearchDocument> documents;
        do
        {
            documents = await db
                .SearchDocuments.AsNoTracking()
                .Where(d => d.Words == "")
                .OrderBy(d => d.Id)
                .Take(Batch)
                .ToListAsync(cancellationToken);
            foreach (var document in documents)
            {
                // If a document is published again in the meantime, its new row has its words and its old row is gone.
                var words = SearchWords.Of(document.Headline, document.Summary, document.Text);
                await db
                    .SearchDocuments.Where(d => d.Id == document.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.Words, words), cancellationToken);
            }
        } while (documents.Count == Batch);
    }
}
