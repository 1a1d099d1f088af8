namespace Cms.Studio.Taxonomy;

/// <summary>The order of categories: by their positions, and by their slugs where positions are the same.</summary>
internal static class CategoryOrder
{
    private const int Step = 10;

    /// <summary>Returns the positions to change, so that a category comes before or after the one beside it.</summary>
    /// <param name="rows">All categories, in order.</param>
    /// <param name="id">The category to move.</param>
    /// <param name="isUp">Whether to move it up.</param>
    /// <returns>The categories with their new positions; null if it cannot be moved that way.</returns>
    public static IReadOnlyList<(TermRow Row, int Order)>? Moved(IReadOnlyList<TermRow> rows, string id, bool isUp)
    {
        var from = rows.Index().Where(at => at.Item.Id == id).Select(at => (int?)at.Index).FirstOrDefault();
        var to = isUp ? from - 1 : from + 1;
        if (from is not { } old || to is not { } place || place < 0 || place >= rows.Count)
        {
            return null;
        }

        List<TermRow> sorted = [.. rows];
        sorted.RemoveAt(old);
        sorted.Insert(place, rows[old]);
        return Renumbered(sorted);
    }

    // Keeps every position that is still in order, so that few categories are changed.
    private static List<(TermRow Row, int Order)> Renumbered(List<TermRow> sorted)
    {
        List<(TermRow, int)> changes = [];
        (int Order, string Slug)? last = null;
        foreach (var row in sorted)
        {
            var order = row.Order ?? 0;
            if (last is { } before && !IsAfter((order, row.Slug), before))
            {
                order = before.Order + Step;
                changes.Add((row, order));
            }

            last = (order, row.Slug);
        }

        return changes;
    }

    private static bool IsAfter((int Order, string Slug) one, (int Order, string Slug) other) =>
        one.Order > other.Order || (one.Order == other.Order && string.CompareOrdinal(one.Slug, other.Slug) > 0);
}
