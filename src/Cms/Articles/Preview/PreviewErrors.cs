using Cms.GraphQL;

namespace Cms.Articles.Preview;

/// <summary>The preview link does not exist, has expired, or belongs to an article that you cannot see.</summary>
/// <param name="PreviewLinkId">The requested id.</param>
public sealed record PreviewLinkNotFound(PreviewLinkId PreviewLinkId)
    : UserError("There is no such preview link. Reload the preview links of the article.");

/// <summary>The time until the link expires is too short or too long.</summary>
/// <param name="MinSeconds">The shortest time in seconds.</param>
/// <param name="MaxSeconds">The longest time in seconds.</param>
public sealed record PreviewLifetimeOutOfRange(int MinSeconds, int MaxSeconds)
    : UserError($"Set expiresIn to a number of seconds from {MinSeconds} to {MaxSeconds}.");

/// <summary>The article has too many preview links.</summary>
/// <param name="Max">The maximum number.</param>
public sealed record TooManyPreviewLinks(int Max)
    : UserError($"An article can have at most {Max} preview links. Revoke one that is no longer needed.");
