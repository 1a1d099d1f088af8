using Cms.GraphQL;
using Cms.People;

namespace Cms.Partners.Takedowns;

[QueryType]
public static class TakedownQueries
{
    /// <summary>
    /// The withdrawals that you have to confirm, because you received the article, newest first. Delete every copy of the
    /// article, and then confirm each one with `acknowledgeTakedown`.
    /// </summary>
    /// <param name="state">Which takedowns to list: by default those that you have not confirmed.</param>
    [Authorize(Policies.Partner)]
    public static Task<Connection<OwnTakedown>?> GetTakedownsAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListOwnTakedowns takedowns,
        CancellationToken cancellationToken,
        TakedownState state = TakedownState.Open
    ) => takedowns.Handle(viewer.ActsFor, state, page, cancellationToken)!;
}

[ObjectType<OwnTakedown>(Name = "Takedown")]
public static class OwnTakedownNode;
