using Cms.Articles;
using Cms.Articles.Reading;
using Cms.GraphQL.Execution;
using GraphQL;

namespace Cms.Delivery;

/// <summary>The articles in the answer to an operation.</summary>
public static class DeliveredArticles
{
    /// <summary>Returns each article in a response once, with the edition that the response shows.</summary>
    public static IReadOnlyCollection<(ArticleId Article, EditionId Edition)> Of(ExecutionResult result) =>
        ResultRows.Of(result).OfType<EditionView>().Select(row => (row.Id, row.EditionId)).ToHashSet();
}
