using Cms.Articles;
using Cms.Articles.Comments;
using Cms.Articles.Presence;
using Cms.Articles.Workflow;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Support;

/// <summary>Reads what the desk shows of staff, assignments and comments.</summary>
internal static class DeskOperations
{
    private const string Query = """
        query($id: ID!) {
          desk {
            people(first: 5) { totalCount nodes { id name role firstSeenAt lastSeenAt } }
            peopleAfter: people(last: 5) { nodes { id } pageInfo { hasPreviousPage } }
            article(id: $id) {
                id review dueAt trashedAt approvedRevisionId
                heroReference { mediaId alt caption }
                checks { rule severity message path }
                present { name since isHolder isMe }
                assignee { id name } reviewer { id name }
                open: comments(first: 2, isResolved: false) { totalCount nodes { id } }
                resolved: comments(last: 2, isResolved: true) { totalCount nodes { id } }
                comments(first: 2) {
                  totalCount
                  nodes {
                    id articleId threadId revisionId blockId takeId text author isMine isBlockGone createdAt
                    resolvedAt resolvedBy deletedAt mentions { name } replies { id text mentions { name } }
                  }
                }
                revisions(first: 1) { nodes { id label isAutosave createdAt savedAt } }
            }
          }
        }
        """;

    /// <summary>Writes a thread with a reply and a mention, and assigns the article.</summary>
    public static async Task WriteAsync(IServiceProvider services, ArticleId article)
    {
        var erin = GraphQLClient.Erin.ToActor();
        var staff = (await new Newsroom(services).StaffAsync(GraphQLClient.Erin)).Id;
        var add = services.GetRequiredService<AddComment>();
        var thread = Newsroom.Value(
            await add.Handle(
                new AddCommentInput
                {
                    Article = article,
                    Text = "Who says so?",
                    Mentions = [staff],
                },
                erin,
                default
            )
        );
        Newsroom.Value(
            await add.Handle(
                new AddCommentInput
                {
                    Article = article,
                    Text = "The maker.",
                    InReplyTo = thread.Id,
                },
                erin,
                default
            )
        );
        Newsroom.Value(
            await services
                .GetRequiredService<AcquireLease>()
                .Handle(new AcquireLeaseInput { Article = article, Tab = "one" }, erin, default)
        );
        Newsroom.Value(
            await services
                .GetRequiredService<AssignArticle>()
                .Handle(new AssignArticleInput { Id = article, Assignee = staff }, erin, default)
        );
    }

    public static async Task ReadAsync(IServiceProvider services, ArticleId article)
    {
        foreach (var viewer in new[] { GraphQLClient.Erin, GraphQLClient.Arlo })
        {
            var answer = await new GraphQLClient(services).AskAsync(viewer, Query, new { id = article.ToString() });
            Assert.True(answer["errors"] is null, answer.ToJsonString());
        }
    }
}
