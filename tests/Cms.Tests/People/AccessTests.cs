using Cms.Articles;
using Cms.Articles.Comments;
using Cms.Articles.Preview;
using Cms.Authors;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.People;

public sealed class AccessTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Author"] = ["author", "editor", "admin"],
        ["Editor"] = ["editor", "admin"],
        ["Admin"] = ["admin"],
    };

    private static readonly Dictionary<string, string> RoleOf = new(StringComparer.Ordinal)
    {
        ["createArticle"] = "Author",
        ["saveArticle"] = "Author",
        ["draftTake"] = "Author",
        ["saveTake"] = "Author",
        ["submitTake"] = "Author",
        ["labelRevision"] = "Author",
        ["submitForReview"] = "Author",
        ["withdrawFromReview"] = "Author",
        ["addComment"] = "Author",
        ["resolveComment"] = "Author",
        ["deleteComment"] = "Author",
        ["acquireLease"] = "Author",
        ["renewLease"] = "Author",
        ["takeOverLease"] = "Author",
        ["releaseLease"] = "Author",
        ["markInboxRead"] = "Author",
        ["createPreviewLink"] = "Author",
        ["revokePreviewLink"] = "Author",
        ["assignArticle"] = "Editor",
        ["requestChanges"] = "Editor",
        ["approveArticle"] = "Editor",
        ["trashArticle"] = "Editor",
        ["restoreArticle"] = "Editor",
        ["deleteArticle"] = "Admin",
        ["changeSlug"] = "Editor",
        ["updateArticle"] = "Editor",
        ["publishArticle"] = "Editor",
        ["correctArticle"] = "Editor",
        ["withdrawArticle"] = "Editor",
        ["scheduleArticle"] = "Editor",
        ["releaseUnderEmbargo"] = "Editor",
        ["unscheduleArticle"] = "Editor",
        ["setEmbargo"] = "Editor",
        ["restoreRevision"] = "Editor",
        ["requestTake"] = "Editor",
        ["requestTakeChanges"] = "Editor",
        ["approveTake"] = "Editor",
        ["retractTake"] = "Editor",
        ["confirmTake"] = "Editor",
        ["createTool"] = "Editor",
        ["editTool"] = "Editor",
        ["createCategory"] = "Editor",
        ["editCategory"] = "Editor",
        ["renameCategory"] = "Editor",
        ["deleteCategory"] = "Editor",
        ["createTag"] = "Editor",
        ["editTag"] = "Editor",
        ["renameTag"] = "Editor",
        ["deleteTag"] = "Editor",
        ["createSource"] = "Editor",
        ["editSource"] = "Editor",
        ["renameSource"] = "Editor",
        ["deleteSource"] = "Editor",
        ["mergeCategories"] = "Editor",
        ["mergeTags"] = "Editor",
        ["mergeSources"] = "Editor",
        ["saveFront"] = "Editor",
        ["createAuthor"] = "Editor",
        ["editAuthor"] = "Editor",
        ["renameAuthor"] = "Editor",
        ["mergeAuthors"] = "Editor",
        ["deleteAuthor"] = "Editor",
        ["createPersona"] = "Admin",
        ["editPersona"] = "Admin",
    };

    private readonly GraphQLClient _client = new(database.Services);

    private CmsSchema Schema
    {
        get
        {
            var schema = database.Get<CmsSchema>();
            schema.Initialize();
            return schema;
        }
    }

    [Fact]
    public void Every_mutation_and_desk_field_documents_its_role_and_desk_fields_are_nullable()
    {
        var desk = (IObjectGraphType)Schema.AllTypes["Desk"]!;

        Assert.All(
            Schema.Mutation!.Fields.Concat(desk.Fields),
            field =>
                Assert.Matches(
                    field.Name is "acknowledgeTakedown" or "acceptAgreement"
                        ? @"Only for partners' applications and contacts\.$"
                        : @"Requires the role \w+\.$",
                    field.Description
                )
        );
        Assert.All(desk.Fields, field => Assert.IsNotType<NonNullGraphType>(field.ResolvedType));
        Assert.EndsWith(
            "Requires the role Author.",
            Schema.Query.GetField("desk")!.Description,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_error_is_declared_by_a_mutation()
    {
        var declared = Schema
            .AllTypes.OfType<UnionGraphType>()
            .SelectMany(union => union.PossibleTypes)
            .Select(type => type.Name);

        Assert.Empty(
            typeof(Article)
                .Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(UserError)) && type.IsVisible)
                // Only a form sent to /media can contain several files.
                .Where(type => type != typeof(SeveralFiles))
                .Select(type => $"{type.Name}Error")
                .Except(declared, StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Each_mutation_is_available_only_to_the_roles_that_it_allows()
    {
        List<string> wrong = [];
        foreach (var field in Schema.Mutation!.Fields.Where(field => RoleOf.ContainsKey(field.Name)))
        {
            foreach (var (who, viewer) in GraphQLClient.Viewers)
            {
                var expected =
                    Allowed[RoleOf[field.Name]].Contains(who, StringComparer.Ordinal) ? null
                    : who == "anonymous" ? ErrorCodes.NotAuthenticated
                    : ErrorCodes.NotAuthorized;
                var answer = await _client.AskAsync(
                    viewer,
                    $"mutation($input: {Pascal(field.Name)}Input!) {{ {field.Name}(input: $input) {{ errors {{ __typename }} }} }}",
                    new { input = Input(field) }
                );
                if (GraphQLClient.Code(answer) != expected || (expected is not null && answer["data"] is not null))
                {
                    wrong.Add($"{field.Name} as {who}: {answer.ToJsonString()}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(RoleOf.Keys.Except(Schema.Mutation!.Fields.Select(field => field.Name), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{ desk { articles { nodes { id } } } }")]
    [InlineData("{ a: desk { b: articles { nodes { id } } } personas { nodes { id } } }")]
    [InlineData("{ ...Desk } fragment Desk on Query { ... on Query { desk { __typename } } }")]
    [InlineData("query($yes: Boolean = true) { desk @include(if: $yes) { __typename } }")]
    public async Task A_request_without_the_required_role_is_rejected_however_the_field_is_selected(string document)
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var allowed = await _client.AskAsync(GraphQLClient.Arlo, document);
            var refused = await _client.AskAsync(Viewer.Anonymous, document);
            var forbidden = await _client.AskAsync(GraphQLClient.Viewers["reader"], document);

            Assert.Null(allowed["errors"]);
            Assert.Equal(ErrorCodes.NotAuthenticated, GraphQLClient.Code(refused));
            Assert.Equal(ErrorCodes.NotAuthorized, GraphQLClient.Code(forbidden));
            Assert.Null(refused["data"]);
        }
    }

    [Fact]
    public async Task A_field_that_is_skipped_requires_no_role()
    {
        const string Document =
            "query($staff: Boolean!) { desk @include(if: $staff) { __typename } personas { totalCount } }";

        var (without, with) = (
            await _client.AskAsync(Viewer.Anonymous, Document, new { staff = false }),
            await _client.AskAsync(Viewer.Anonymous, Document, new { staff = true })
        );

        Assert.Null(GraphQLClient.Code(without));
        Assert.Equal(ErrorCodes.NotAuthenticated, GraphQLClient.Code(with));
    }

    [Fact]
    public async Task If_one_of_two_mutations_is_forbidden_neither_runs()
    {
        var answer = await _client.AskAsync(
            GraphQLClient.Arlo,
            """
            mutation {
              createArticle(input: { headline: "Must not be kept" }) { errors { __typename } }
              createTool(input: { name: "Nor this" }) { errors { __typename } }
            }
            """
        );

        await using var db = await database.OpenAsync();
        Assert.Equal(ErrorCodes.NotAuthorized, GraphQLClient.Code(answer));
        Assert.False(await db.Revisions.AnyAsync(r => r.Content.Headline == "Must not be kept"));
    }

    private static string Pascal(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";

    // Returns values for the required fields of the input. The ids do not exist in the database.
    private static Dictionary<string, object> Input(FieldType field) =>
        ((IInputObjectGraphType)field.Arguments![0].ResolvedType!.GetNamedType())
            .Fields.Where(input => input.ResolvedType is NonNullGraphType)
            .ToDictionary(
                input => input.Name,
                object (input) =>
                    input.ResolvedType!.GetNamedType().Name switch
                    {
                        "ID" => $"{Prefix(field.Name, input.Name)}_{Guid.CreateVersion7():n}",
                        "DateTime" => "2040-01-01T00:00:00Z",
                        _ => "",
                    },
                StringComparer.Ordinal
            );

    private static string Prefix(string mutation, string input) =>
        (mutation, input) switch
        {
            (_, "article") => ArticleId.Prefix,
            (_, "persona") or ("editPersona", _) => PersonaId.Prefix,
            ("approveTake", "revision") => TakeRevisionId.Prefix,
            (_, "revision") => RevisionId.Prefix,
            (
                "saveTake"
                    or "submitTake"
                    or "requestTakeChanges"
                    or "approveTake"
                    or "retractTake"
                    or "confirmTake",
                _
            ) => TakeId.Prefix,
            ("resolveComment" or "deleteComment", _) => CommentId.Prefix,
            ("revokePreviewLink", _) => PreviewLinkId.Prefix,
            ("editTool", _) => ToolId.Prefix,
            ("editCategory" or "renameCategory" or "deleteCategory" or "mergeCategories", _) => CategoryId.Prefix,
            ("editTag" or "renameTag" or "deleteTag" or "mergeTags", _) => TagId.Prefix,
            ("editSource" or "renameSource" or "deleteSource" or "mergeSources", _) => SourceId.Prefix,
            ("saveFront", "category") => CategoryId.Prefix,
            ("editAuthor" or "renameAuthor" or "deleteAuthor" or "mergeAuthors", _) => AuthorId.Prefix,
            _ => ArticleId.Prefix,
        };
}
