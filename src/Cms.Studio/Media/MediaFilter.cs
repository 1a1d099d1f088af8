using System.Globalization;
using Cms.Studio.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Studio.Media;

/// <summary>Which images a list shows. It is in the address, so that it can be bookmarked and shared.</summary>
/// <param name="Text">Words to find; null for none.</param>
/// <param name="Folder">A folder, whose subfolders are included; null for all.</param>
/// <param name="Tag">The slug of a tag; null for all.</param>
/// <param name="Missing">What the images lack: <c>alt</c>, <c>credit</c> or <c>both</c>; null if that does not matter.</param>
/// <param name="IsUnused">Whether to show only images that nothing uses.</param>
/// <param name="Days">In how many days the rights end at the latest; null if that does not matter.</param>
/// <param name="IsList">Whether the images are in a table and not in a grid.</param>
public sealed record MediaFilter(
    string? Text,
    string? Folder,
    string? Tag,
    string? Missing,
    bool IsUnused,
    int? Days,
    bool IsList
)
{
    /// <summary>The address of the library.</summary>
    public const string Path = "/studio/media";

    /// <summary>The periods that can be chosen, and their names.</summary>
    internal static IReadOnlyList<(int Days, string Name)> Periods { get; } =
    [
        (0, "Rights have ended"),
        (7, "Rights end within 7 days"),
        (30, "Rights end within 30 days"),
        (90, "Rights end within 90 days"),
    ];

    /// <summary>What images may lack, and its name.</summary>
    internal static IReadOnlyList<(string Key, string Name)> Gaps { get; } =
    [("alt", "No alternative text"), ("credit", "No credit"), ("both", "No alternative text and no credit")];

    /// <summary>Whether some images are left out.</summary>
    public bool IsNarrow => IsUnused || (Text ?? Folder ?? Tag ?? Missing) is not null || Days is not null;

    /// <summary>Returns the variables of the query.</summary>
    public Dictionary<string, object?> ToVariables(string? after, string? before, int size)
    {
        var variables = ListWindow.Of(after, before, size);
        variables["text"] = Text;
        variables["folder"] = Folder;
        variables["tag"] = Tag;
        variables["missingAlt"] = Missing is "alt" or "both";
        variables["missingCredit"] = Missing is "credit" or "both";
        variables["unused"] = IsUnused;
        variables["expiringWithinDays"] = Days;
        return variables;
    }

    /// <summary>Returns the address of this list.</summary>
    public string ToUrl() =>
        QueryHelpers.AddQueryString(
            Path,
            Parameters().Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value))
        );

    /// <summary>Returns the parameters of the address, except those that a form has fields for.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Kept(params IReadOnlyList<string> fields) =>
        Parameters().Where(parameter => !fields.Contains(parameter.Key, StringComparer.Ordinal));

    private IEnumerable<KeyValuePair<string, string>> Parameters() =>
        new (string Name, string? Value)[]
        {
            ("q", Text),
            ("folder", Folder),
            ("tag", Tag),
            ("missing", Missing),
            ("unused", IsUnused ? "true" : null),
            ("days", Days?.ToString(CultureInfo.InvariantCulture)),
            ("view", IsList ? "list" : null),
        }
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value!));
}
