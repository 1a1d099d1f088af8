using Cms.GraphQL;

namespace Cms.Body;

/// <summary>A body as Markdown or JSON. Set exactly one of the two.</summary>
public sealed record BodyInput
{
    /// <summary>
    /// CommonMark with tables, strikethrough and alerts. An embed is <c>::article{slug="…"}</c>, <c>::tool{slug="…"}</c>
    /// or <c>::external{url="https://…" title="…"}</c> on a separate line.
    /// </summary>
    public string? Markdown { get; init; }

    /// <summary>The ProseMirror document. Pass it in a GraphQL variable.</summary>
    public JsonText? Json { get; init; }
}
