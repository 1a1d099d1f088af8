using Cms.Articles;
using Cms.Articles.Desk;
using Cms.GraphQL;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Tests.Support;

/// <summary>
/// Reads the schedule forward and backward, as an author and as an editor, for tests that check SQL statements.
/// </summary>
internal static class ScheduleOperations
{
    /// <returns>The articles on the editor's first page.</returns>
    public static async Task<IReadOnlyList<ArticleId>> ReadAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var list = scope.ServiceProvider.GetRequiredService<ListScheduledArticles>();
        List<ArticleId> first = [];
        foreach (var viewer in new[] { GraphQLClient.Arlo, GraphQLClient.Erin })
        {
            var page = (await list.Handle(PageArguments.Of(first: 1), viewer, default))!;
            first = [.. page.Nodes.Select(article => article.Id)];
            await page.TotalCount().GetResultAsync(default);
            foreach (var edge in page.Edges())
            {
                await list.Handle(PageArguments.Of(first: 1, after: edge.Cursor), viewer, default);
                await list.Handle(PageArguments.Of(last: 1, before: edge.Cursor), viewer, default);
            }
        }

        return first;
    }
}
