using Cms.GraphQL;
using Cms.References;

namespace Cms.Authors;

/// <summary>The author does not exist.</summary>
/// <param name="AuthorId">The id from the request.</param>
public sealed record AuthorNotFound(AuthorId AuthorId)
    : UserError("There is no such author. Choose one from the authors.");

/// <summary>The author is still in use.</summary>
/// <param name="AuthorId">The author's id.</param>
/// <param name="Counts">The number of uses of each kind.</param>
/// <param name="Users">Up to 10 of the uses.</param>
public sealed record AuthorInUse(AuthorId AuthorId, IReadOnlyList<UsageCount> Counts, IReadOnlyList<Usage> Users)
    : UserError(
        $"The author is still used by {Usages.InWords(Counts, Users)}. Remove it there first, or merge it into another author."
    );

/// <summary>One of the author's links has no label.</summary>
public sealed record LinkLabelRequired() : UserError("Enter a label for each link.");

/// <summary>The URL of one of the author's links is not an https URL.</summary>
public sealed record LinkUrlMalformed()
    : UserError("Enter the URL of each link as a full URL that begins with https://.");

/// <summary>An author has too many links.</summary>
/// <param name="Max">The maximum number of links.</param>
public sealed record TooManyLinks(int Max) : UserError($"An author can have at most {Max} links. Remove some.");
