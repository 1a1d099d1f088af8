using System.Text.Json.Serialization;

namespace Cms.Site.Live;

/// <summary>A change to an article, as open pages receive it.</summary>
/// <param name="Cursor">The place of the change in the API's log.</param>
/// <param name="Id">The id of the article.</param>
/// <param name="Kind"><c>published</c>, <c>corrected</c>, <c>updated</c> or <c>withdrawn</c>.</param>
/// <param name="Headline">The headline; null if the article is withdrawn.</param>
/// <param name="Path">The path of the article; null if it is withdrawn.</param>
/// <param name="At">When the change was made.</param>
public sealed record LiveEvent(
    [property: JsonIgnore] string Cursor,
    string Id,
    string Kind,
    string? Headline,
    string? Path,
    DateTimeOffset At
);
