namespace Cms.Studio.Layout;

/// <summary>A field whose text in a form differs from what is saved.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Mine">What the form holds.</param>
/// <param name="Saved">What is saved.</param>
public sealed record Difference(string Field, string Mine, string Saved)
{
    /// <summary>Returns the fields that differ.</summary>
    public static IEnumerable<Difference> Of(params IEnumerable<(string Field, string? Mine, string? Saved)> fields) =>
        fields
            .Select(field => new Difference(field.Field, Text(field.Mine), Text(field.Saved)))
            .Where(field => field.Mine != field.Saved);

    private static string Text(string? value) => value?.ReplaceLineEndings("\n").Trim() ?? "";
}
