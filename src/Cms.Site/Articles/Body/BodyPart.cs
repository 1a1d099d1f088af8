namespace Cms.Site.Articles.Body;

/// <summary>A part of the text of an article.</summary>
public abstract record BodyPart;

/// <summary>Markup to be shown as it is.</summary>
public sealed record BodyMarkup(string Html) : BodyPart;

/// <summary>A card of a tool.</summary>
public sealed record BodyTool(EmbedData Tool, string? Anchor) : BodyPart;

/// <summary>A card of another article.</summary>
public sealed record BodyArticle(EmbedData Article, string? Anchor) : BodyPart;

/// <summary>Something on another site, which is loaded only when the reader asks for it.</summary>
/// <param name="Host">The host name of the other site.</param>
/// <param name="Address">The page on the other site.</param>
/// <param name="Frame">The address of the player; null if there is none.</param>
public sealed record BodyExternal(string Host, string Address, string Title, string? Frame, string? Anchor) : BodyPart;

/// <summary>The text of an article, ready to be shown.</summary>
/// <param name="Places">The ids of the passages in the text by the ids of the takes that refer to them.</param>
/// <param name="Frames">The origins of the frames that readers can load.</param>
public sealed record ShownBody(
    IReadOnlyList<BodyPart> Parts,
    IReadOnlyDictionary<string, string> Places,
    IReadOnlyCollection<string> Frames
);
