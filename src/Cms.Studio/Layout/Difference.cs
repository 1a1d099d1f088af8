namespace Cms.Studio.Layout;

/// <summary>A field in which what somebody entered differs from what is saved.</summary>
/// <param name="Field">The field, as the subject of a sentence, for example <c>The name</c>.</param>
/// <param name="Mine">What the form holds.</param>
/// <param name="Saved">What is saved.</param>
public sealed record Difference(string Field, string Mine, string Saved)
{
    /// <summary>Returns the fields that differ.</summary>
    public static IEnumerable<Difference> Of(params IEnumerable<(string Field, string? Mine, string? Saved)> fields) =>
        fields
            .Select(field => new Difference(field.Field, Text(field.Mine), Text(field.Saved)))
            .Where(field => field.Mine != field.Saved);

    /// <summary>Returns a box that can be ticked, as a field.</summary>
    /// <param name="label">What the form calls it.</param>
    internal static (string Field, string? Mine, string? Saved) Box(string label, bool mine, bool saved) =>
        ($"The answer to “{label}”", mine ? "Yes" : "No", saved ? "Yes" : "No");

    private static string Text(string? value) => value?.ReplaceLineEndings("\n").Trim() ?? "";
}
