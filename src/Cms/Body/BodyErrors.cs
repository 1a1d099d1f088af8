using Cms.GraphQL;

namespace Cms.Body;

/// <summary>The body is not JSON, or not JSON that the model knows.</summary>
/// <param name="At">The place, as a path from the document: <c>content[3].content[0].marks[0].attrs.href</c>; empty for the document.</param>
/// <param name="Problem">What is wrong and what to do.</param>
public sealed record BodyInvalid(string At, string Problem) : UserError(At is "" ? Problem : $"{Problem} ({At})");

/// <summary>A link that is not a plain https, http or mailto address.</summary>
/// <param name="At">The place, as a path from the document.</param>
public sealed record LinkNotAllowed(string At)
    : UserError($"Write the whole address, beginning with https://, http:// or mailto:. ({At})")
{
    /// <summary>For an address that only lacks its percent-encoding, the refusal gives it.</summary>
    internal static LinkNotAllowed Of(string written, string at) =>
        LinkAddress.Encode(written) is { } encoded
            ? new LinkNotAllowed(at)
            {
                Message = $"The address holds a character that must be percent-encoded. Write {encoded}. ({at})",
            }
            : new LinkNotAllowed(at);
}

/// <summary>The body is too long.</summary>
/// <param name="Size">Its characters.</param>
/// <param name="Limit">How many it may have.</param>
public sealed record BodyTooLarge(int Size, int Limit)
    : UserError($"The body is {Size} characters long, and at most {Limit} are kept. Split the article.");

/// <summary>The body is nested too deeply.</summary>
/// <param name="Limit">How many levels it may have.</param>
public sealed record BodyTooDeep(int Limit)
    : UserError($"The body nests more than {Limit} levels deep. Flatten its lists and quotations.");

/// <summary>The body has too many parts.</summary>
/// <param name="Limit">How many it may have.</param>
public sealed record BodyTooManyNodes(int Limit)
    : UserError($"The body has more than {Limit} paragraphs, texts and other parts. Split the article.");

/// <summary>The Markdown has too many lines.</summary>
/// <param name="Limit">How many it may have.</param>
public sealed record BodyTooManyLines(int Limit)
    : UserError($"The Markdown has more than {Limit} lines. Split the article.");

/// <summary>Embeds whose target is not there (yet): create the targets, then import again.</summary>
/// <param name="Articles">Slugs of articles that are not there.</param>
/// <param name="Tools">Slugs of tools that are not there.</param>
public sealed record UnknownEmbeds(IReadOnlyList<string> Articles, IReadOnlyList<string> Tools)
    : UserError(
        $"Nothing has the slug {string.Join(", ", [.. Articles, .. Tools])}. Create it first, then import again."
    );
