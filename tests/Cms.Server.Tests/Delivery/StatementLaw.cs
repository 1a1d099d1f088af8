using System.Globalization;
using System.Text;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Delivery;

/// <summary>
/// An operation sends no more SQL statements than its fields allow. Each field allows a fixed number of statements for
/// all rows together, regardless of how deeply lists are nested.
/// </summary>
public sealed class StatementLaw(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    // Fields that need more than one statement (links and their targets, candidates and their editions, the references
    // of a body), and fields that need none because their data has already been read.
    private static readonly Dictionary<string, int> OtherThanOne = new(StringComparer.Ordinal)
    {
        ["nodes"] = 0,
        ["edges"] = 0,
        ["node"] = 0,
        ["pageInfo"] = 0,
        ["seo"] = 0,
        ["facets"] = 0,
        ["tags"] = 2,
        ["authors"] = 2,
        ["byline"] = 2,
        ["links"] = 0,
        ["about"] = 2,
        ["related"] = 4,
        ["body"] = 5,
        ["highlights"] = 2,
    };

    private static readonly string[] Roots =
    [
        "articles(first: 9)",
        "articleSnapshots(first: 4, asOf: \"2026-11-23T00:00:00Z\")",
        "takes(first: 9)",
        "tags(first: 7)",
        "categories(first: 7)",
        "sources(first: 7)",
        "authors(first: 4)",
        "tools(first: 7)",
        "personas(first: 4)",
        "search(query: \"cache\", first: 5)",
        "article(slug: \"the-disk-said-yes\")",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_operation_sends_no_more_statements_than_its_fields_allow(int seed)
    {
        var random = new Random(seed);
        var (answered, deepest) = (0, 0);
        for (var i = 0; i < 400; i++)
        {
            var operation = new Operation(server.Services.GetRequiredService<CmsSchema>(), random);
            var query = operation.Write();
            server.Statements.Take();
            var answer = await server.QueryAsync(query);
            var sent = server.Statements.Take();
            var code = (string?)answer["errors"]?[0]?["extensions"]?["code"];
            if (code is ErrorCodes.CostExceeded or ErrorCodes.DocumentTooLarge)
            {
                Assert.Empty(sent);
                continue;
            }

            Assert.True(code is null, $"{query}\n{answer}");
            Assert.True(
                sent.Count <= operation.Reads,
                $"{sent.Count} statements sent, limit {operation.Reads}:\n{query}\n\n{string.Join("\n\n", sent)}"
            );
            answered++;
            deepest = Math.Max(deepest, operation.Depth);
        }

        Assert.True(
            answered >= 60 && deepest >= 8,
            $"Expected at least 60 answered operations and depth 8, but got {answered} and depth {deepest}."
        );
    }

    /// <summary>A random query over the schema, to any depth.</summary>
    private sealed class Operation(ISchema schema, Random random)
    {
        private readonly StringBuilder _text = new();

        // The types of the selections that are open, from the innermost out.
        private readonly Stack<string> _path = new();

        /// <summary>The number of statements that the fields allow.</summary>
        public int Reads { get; private set; }

        public int Depth { get; private set; }

        public string Write()
        {
            var root = Roots[random.Next(Roots.Length)];
            var field = schema.Query.GetField(root[..root.IndexOf('(', StringComparison.Ordinal)])!;
            _text.Append("{ ").Append(root);
            Reads++;
            Select(field.ResolvedType!.GetNamedType(), 2, random.Next(4, 14));
            return _text.Append(" }").ToString();
        }

        private void Select(IGraphType type, int depth, int most)
        {
            Depth = Math.Max(Depth, depth);
            _text.Append(" { __typename");
            _path.Push(type.Name);
            foreach (var field in Fields(type).OrderBy(_ => random.Next()).Take(random.Next(1, depth < 5 ? 4 : 3)))
            {
                Add(field, depth, most);
            }

            foreach (var member in (type as IAbstractGraphType)?.PossibleTypes.Take(2) ?? [])
            {
                if (depth < most)
                {
                    _text.Append(" ... on ").Append(member.Name);
                    Select(member, depth, Math.Min(most, depth + 2));
                }
            }

            _path.Pop();
            _text.Append(" }");
        }

        private void Add(FieldType field, int depth, int most)
        {
            var type = field.ResolvedType!.GetNamedType();
            var isLeaf = type is ScalarGraphType;
            if (!isLeaf && depth >= most)
            {
                return;
            }

            // With aliases, the same field can be selected twice with different arguments.
            _text.Append(CultureInfo.InvariantCulture, $" f{_text.Length}: {field.Name}");
            if (field.Arguments?.Find("first") is not null)
            {
                _text.Append(CultureInfo.InvariantCulture, $"(first: {random.Next(1, 4)})");
            }

            // Rows that the request has already read are ready before rows of the same type that it reads next. Fields of a
            // type that also occurs further up can therefore take twice as many statements.
            var reads = OtherThanOne.GetValueOrDefault(field.Name, isLeaf && field.Name != "totalCount" ? 0 : 1);
            Reads += _path.Count(outer => outer == _path.Peek()) > 1 ? 2 * reads : reads;
            if (!isLeaf)
            {
                Select(type, depth + 1, most);
            }
        }

        private static IEnumerable<FieldType> Fields(IGraphType type) =>
            (type as IComplexGraphType)?.Fields.Where(field =>
                field.Arguments?.Any(argument =>
                    argument.ResolvedType is NonNullGraphType && argument.DefaultValue is null
                )
                    is not true
            )
            ?? [];
    }
}
