using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cms.Articles;

namespace Cms.Import;

/// <summary>What an import has done, or what it would do.</summary>
/// <param name="Fingerprint">
/// Identifies the report and the files. An import with this fingerprint does exactly this, or nothing.
/// </param>
/// <param name="Items">All items and image files, in the order of their files.</param>
/// <param name="Notes">What was changed or left out, and what waits for a person.</param>
public sealed record ImportReport(string Fingerprint, IReadOnlyList<ReportedItem> Items, IReadOnlyList<string> Notes)
{
    /// <summary>An earlier import of the files that has not ended; null if there is none.</summary>
    public UnfinishedImport? Unfinished { get; init; }

    internal static ImportReport Of(
        ImportSummary summary,
        IReadOnlyList<string> leftOut,
        IReadOnlyDictionary<string, ArticleId> articles,
        string files
    )
    {
        List<ImportedItem> items = [.. summary.Items.OrderBy(item => item.Origin, StringComparer.Ordinal)];

        // Rejections of images are not about an item.
        var known = items.SelectMany(item => item.Reasons.Select(reason => (item.Origin, reason))).ToHashSet();
        List<string> notes =
        [
            .. leftOut,
            .. summary.Warnings,
            .. summary
                .Refused.Where(refused => !known.Contains((refused.Origin, refused.Reason)))
                .Select(refused => $"{refused.Origin}: {refused.Reason}"),
        ];
        var text = JsonSerializer.Serialize(
            new
            {
                files,
                items,
                notes,
            }
        );
        return new ImportReport(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            [
                .. items.Select(item => new ReportedItem(
                    item.Origin,
                    item.Kind,
                    item.Title,
                    item.Outcome,
                    item.Reasons,
                    item.ImportId is { } id && articles.TryGetValue(id, out var article) ? article : null
                )),
            ],
            notes
        );
    }
}

/// <summary>An import that has not ended. If it does not run, it was interrupted.</summary>
/// <param name="BeganAt">When it began.</param>
/// <param name="IsRunning">Whether this server runs it now.</param>
public sealed record UnfinishedImport(DateTimeOffset BeganAt, bool IsRunning);

/// <summary>An item of an import, with the article that it has become.</summary>
/// <param name="Origin">The item's file, and its index if the file contains several items.</param>
/// <param name="Kind">What the item is.</param>
/// <param name="Title">Its headline or name; null if the item cannot be read.</param>
/// <param name="Outcome">What the import does with it; null if it is rejected.</param>
/// <param name="Reasons">Why it is rejected; empty if it is not.</param>
/// <param name="ArticleId">The article; null if there is none yet, or if the item is not an article.</param>
public sealed record ReportedItem(
    string Origin,
    ImportedKind Kind,
    string? Title,
    ImportOutcome? Outcome,
    IReadOnlyList<string> Reasons,
    ArticleId? ArticleId
);
