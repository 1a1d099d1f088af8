using Cms.GraphQL;
using Cms.People;
using GraphQL;
using AuthorizeAttribute = Cms.GraphQL.AuthorizeAttribute;

namespace Cms.Partners.Takedowns;

[MutationType]
public static class TakedownMutations
{
    /// <summary>
    /// Confirms that you have deleted every copy of a withdrawn article. Repeating it changes nothing and returns when you
    /// first confirmed it.
    /// </summary>
    [Authorize(Policies.Partner)]
    [Payload("takedown")]
    [Errors<TakedownNotFound>]
    public static Task<Result<OwnTakedown>> AcknowledgeTakedownAsync(
        AcknowledgeTakedownInput input,
        Viewer viewer,
        [Service] AcknowledgeTakedown operation,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        Acknowledgers.Of(viewer, context.Operation.Name?.StringValue) is { } by
            ? operation.Handle(input, by, cancellationToken)
            : Task.FromResult<Result<OwnTakedown>>(new TakedownNotFound(input.Id) { Path = ["id"] });
}

internal static class Acknowledgers
{
    /// <summary>Returns who confirms a takedown; null for an application that belongs to no partner.</summary>
    /// <param name="viewer">The partner.</param>
    /// <param name="operation">The name of the operation, by which the site's own document is recognised.</param>
    public static Acknowledger? Of(Viewer viewer, string? operation) =>
        viewer.Entitlement is { Partner: var partner }
            ? new Acknowledger(
                partner,
                viewer.FeedKey is not null && operation is "SiteAcknowledgeTakedown"
                    ? AcknowledgementChannel.Http
                    : AcknowledgementChannel.Graphql
            )
            {
                FeedKey = viewer.FeedKey,
                Application = viewer.Key,
            }
            : null;
}
