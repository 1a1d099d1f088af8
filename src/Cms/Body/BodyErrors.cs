using Cms.GraphQL;

namespace Cms.Body;

/// <summary>
/// The body is invalid: the JSON is malformed or does not match the node model, or the Markdown cannot be imported.
/// </summary>
/// <param name="At">
/// The path of the error in the document, such as <c>content[3].content[0].marks[0].attrs.href</c>; empty for the whole
/// document and for Markdown.
/// </param>
/// <param name="Problem">The message without the path of the error.</param>
public sealed record BodyInvalid(string At, string Problem) : UserError(At is "" ? Problem : $"{Problem} ({At})");

/// <summary>The URL of a link in the body is not a valid https, http or mailto URL.</summary>
/// <param name="At">The path of the link in the document.</param>
public sealed record LinkNotAllowed(string At)
    : UserError($"Enter the full URL, beginning with https://, http:// or mailto:. ({At})")
{
    /// <summary>
    /// Creates the error. If percent-encoding would make the address valid, the message contains the encoded address.
    /// </summary>
    internal static LinkNotAllowed Of(string written, string at) =>
        LinkAddress.Encode(written) is { } encoded
            ? new LinkNotAllowed(at)
            {
                Message = $"The URL contains a character that must be percent-encoded. Write {encoded}. ({at})",
            }
            : new LinkNotAllowed(at);
}

/// <summary>The body embeds a page from a site that is not on the newsroom's list of allowed sites.</summary>
/// <param name="Host">The host in the URL of the embed.</param>
public sealed record EmbedHostNotAllowed(string Host)
    : UserError(
        $"Articles cannot embed pages of {Host}. Use a link to the page, or ask an operator to add the host to Cms__Embeds__Hosts."
    );

/// <summary>The body is too long.</summary>
/// <param name="Size">The length of the body, in characters of Markdown or bytes of JSON.</param>
/// <param name="Limit">The maximum length, in the unit of <c>size</c>.</param>
public sealed record BodyTooLarge(int Size, int Limit)
    : UserError($"The body has {Size} bytes of JSON, but the limit is {Limit}. Split the article.")
{
    internal static BodyTooLarge OfJson(int bytes) => new(bytes, BodyLimits.JsonBytes);

    internal static BodyTooLarge OfMarkdown(int characters) =>
        new(characters, BodyLimits.MarkdownLength)
        {
            Message =
                $"The body has {characters} characters of Markdown, but the limit is {BodyLimits.MarkdownLength}. Split the article.",
        };
}

/// <summary>The body is nested too deeply.</summary>
/// <param name="Limit">The maximum number of levels.</param>
public sealed record BodyTooDeep(int Limit)
    : UserError($"The body is nested more than {Limit} levels deep. Flatten its lists and quotations.");

/// <summary>The body has too many nodes.</summary>
/// <param name="Limit">The maximum number of nodes.</param>
public sealed record BodyTooManyNodes(int Limit)
    : UserError($"The body has more than {Limit} paragraphs, texts and other parts. Split the article.");

/// <summary>The Markdown has too many lines.</summary>
/// <param name="Limit">The maximum number of lines.</param>
public sealed record BodyTooManyLines(int Limit)
    : UserError($"The Markdown has more than {Limit} lines. Split the article.");

/// <summary>
/// The Markdown embeds articles or tools that were not found. Create them, then send the Markdown again.
/// </summary>
/// <param name="Articles">The slugs of articles that were not found.</param>
/// <param name="Tools">The slugs of tools that were not found.</param>
public sealed record UnknownEmbeds(IReadOnlyList<string> Articles, IReadOnlyList<string> Tools)
    : UserError(
        $"These slugs were not found: {string.Join(", ", [.. Articles, .. Tools])}. Create the articles or tools, then try again."
    );
