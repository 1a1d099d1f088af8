using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Benchmarks;

/// <summary>Creates and publishes articles, one after another, with the operations that editors use.</summary>
internal static class Publishing
{
    private static readonly Actor Editor = new()
    {
        Contributor = Contributor.Person("Erin", "tenant/erin"),
        Role = Role.Editor,
    };

    public static async Task PublishAsync(
        int changes,
        CreateArticle creating,
        PublishArticle publishing,
        IDbContextFactory<CmsDbContext> databases,
        HttpResponse response
    )
    {
        var (content, written) = await SampleAsync(databases);
        for (var i = 1; i <= changes; i++)
        {
            var created = await creating.Handle(
                new CreateArticleInput { Content = content with { Headline = $"Bulletin {written + i}" } },
                Editor,
                CancellationToken.None
            );
            await publishing.Handle(new PublishArticleInput { Id = Value(created).Id }, Editor, CancellationToken.None);
        }

        await SqlFloor.SendAsync(response, "{\"data\":{}}"u8.ToArray());
    }

    private static async Task<(ArticleContent Content, int Written)> SampleAsync(
        IDbContextFactory<CmsDbContext> databases
    )
    {
        await using var db = await databases.CreateDbContextAsync();
        var sample = await db.Revisions.AsNoTracking().OrderBy(revision => revision.Id).FirstAsync();
        return (sample.Content, await db.Articles.CountAsync());
    }

    private static Article Value(Result<Article> result) =>
        result.Succeeded(out var article, out var errors)
            ? article
            : throw new InvalidOperationException(errors[0].ToString());
}
