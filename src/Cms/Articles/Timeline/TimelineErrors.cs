using Cms.GraphQL;

namespace Cms.Articles.Timeline;

/// <summary>The time is in the future.</summary>
/// <param name="Field">The field that contains the time.</param>
public sealed record TimeInFuture(string Field)
    : UserError($"{Field} is in the future. Send the time of the newest item that you have seen.");
