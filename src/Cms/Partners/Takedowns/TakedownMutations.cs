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
    ) => operation.Handle(input, viewer, ChannelOf(viewer, context.Operation.Name?.StringValue), cancellationToken);

    // The site's own document is recognised by its name.
    private static AcknowledgementChannel ChannelOf(Viewer viewer, string? operation) =>
        viewer switch
        {
            { Contact: not null } => AcknowledgementChannel.Portal,
            { FeedKey: not null } when operation is "SiteAcknowledgeTakedown" => AcknowledgementChannel.Http,
            _ => AcknowledgementChannel.Graphql,
        };
}
