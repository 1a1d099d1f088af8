using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>The mutations of a request run in order. Each returns the state after its changes.</summary>
public sealed class MutationOrderTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly GraphQLClient _client = new(database.Services);
    private readonly Newsroom _newsroom = new(database.Services);

    [Fact]
    public async Task Each_mutation_of_a_request_returns_the_state_after_its_changes()
    {
        var article = await _newsroom.DraftAsync();
        var persona = await _newsroom.PersonaAsync("Sequel");

        var answer = await _client.AskAsync(
            GraphQLClient.Erin,
            """
            mutation($article: ID!, $persona: ID!) {
              one: saveArticle(input: { id: $article, headline: "One" }) { ...Saved }
              two: draftTake(input: { article: $article, persona: $persona, text: "I would ship it." }) { take { text persona { name } } }
              three: saveArticle(input: { id: $article, headline: "Three" }) { ...Saved }
              four: draftTake(input: { article: $article, persona: $persona, text: "I would not." }) { take { text persona { name } } }
              five: saveArticle(input: { id: $article, headline: "Five" }) { ...Saved }
            }
            fragment Saved on SaveArticlePayload { article { headline revisions(first: 1) { totalCount nodes { headline } } takes { text } } }
            """,
            new { article = article.Id.ToString(), persona = persona.Id.ToString() }
        );

        Assert.Equal(
            """
            {"one":{"article":{"headline":"One","revisions":{"totalCount":2,"nodes":[{"headline":"One"}]},"takes":[]}},"two":{"take":{"text":"I would ship it.","persona":{"name":"Sequel"}}},"three":{"article":{"headline":"Three","revisions":{"totalCount":3,"nodes":[{"headline":"Three"}]},"takes":[{"text":"I would ship it."}]}},"four":{"take":{"text":"I would not.","persona":{"name":"Sequel"}}},"five":{"article":{"headline":"Five","revisions":{"totalCount":4,"nodes":[{"headline":"Five"}]},"takes":[{"text":"I would not."}]}}}
            """,
            answer["data"]?.ToJsonString() ?? answer.ToJsonString()
        );
    }

    [Fact]
    public async Task After_a_rejected_mutation_the_next_one_runs_for_the_same_caller()
    {
        var article = await _newsroom.DraftAsync();

        var answer = await _client.AskAsync(
            GraphQLClient.Erin,
            """
            mutation($article: ID!) {
              refused: saveArticle(input: { id: $article, headline: " " }) { article { headline } errors { __typename } }
              done: saveArticle(input: { id: $article, headline: "Done" }) { article { headline updatedBy } errors { __typename } }
            }
            """,
            new { article = article.Id.ToString() }
        );

        Assert.Equal(
            """{"refused":{"article":null,"errors":[{"__typename":"HeadlineRequiredError"}]},"done":{"article":{"headline":"Done","updatedBy":"Erin"},"errors":[]}}""",
            answer["data"]?.ToJsonString() ?? answer.ToJsonString()
        );
    }
}
