namespace Cms.Studio.Api;

/// <summary>Which page of a list to read.</summary>
public static class ListWindow
{
    /// <summary>Returns the variables of a query for the page after or before a cursor, or for the first page.</summary>
    /// <param name="size">The number of items.</param>
    public static Dictionary<string, object?> Of(string? after, string? before, int size) =>
        string.IsNullOrEmpty(before)
            ? new(StringComparer.Ordinal) { ["first"] = size, ["after"] = string.IsNullOrEmpty(after) ? null : after }
            : new(StringComparer.Ordinal) { ["last"] = size, ["before"] = before };
}
