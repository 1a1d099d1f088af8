using Cms.GraphQL;

namespace Cms.Body;

/// <summary>A body as its author wrote it: Markdown or JSON, one of them.</summary>
public sealed record BodyInput
{
    /// <summary>CommonMark with tables, strikethrough and alerts; an embed is <c>::article{slug="…"}</c> on a line of its own.</summary>
    public string? Markdown { get; init; }

    /// <summary>The ProseMirror document, in a variable.</summary>
    public JsonText? Json { get; init; }
}
