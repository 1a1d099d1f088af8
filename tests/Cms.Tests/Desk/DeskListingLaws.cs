using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Desk;

/// <summary>No sequence of desk operations lets the desk's lists differ from the content.</summary>
[Slow]
public sealed class DeskListingLaws
{
    private static readonly Viewer[] Staff = [GraphQLClient.Erin, GraphQLClient.Arlo, GraphQLClient.Ada];

    public enum Kind
    {
        Create,
        Save,
        Autosave,
        Assign,
        Submit,
        TakeBack,
        RequestChanges,
        Approve,
        Publish,
        Withdraw,
        Schedule,
        Embargo,
        Release,
        Trash,
        Restore,
        Delete,
        Comment,
        Resolve,
        DeleteComment,
        DraftTake,
        ApproveTake,
        AddPersona,
        Wait,
    }

    /// <summary>One operation. The numbers choose its actor, its target and its values.</summary>
    public sealed record Step(Kind Kind, byte Target, byte Value);

    [Property(MaxTest = 15, StartSize = 10, EndSize = 60)]
    public async Task The_lists_equal_what_follows_from_the_content(Step[] steps)
    {
        var database = new SqliteTestDatabase();
        try
        {
            await database.InitializeAsync();
            var desk = await Room.OpenAsync(database);
            foreach (var step in steps)
            {
                database.Clock.Advance(TimeSpan.FromSeconds(1));
                await desk.DoAsync(step);
                await using var db = await database.OpenAsync();
                Assert.Equal(
                    (await DeskRows.ExpectedAsync(db)).Order(StringComparer.Ordinal),
                    (await DeskRows.StoredAsync(db)).Order(StringComparer.Ordinal)
                );
            }

            await using var index = await database.OpenAsync();
            await index.Database.ExecuteSqlAsync(
                $"INSERT INTO DeskSearch(DeskSearch, rank) VALUES ('integrity-check', 1)"
            );
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    private sealed class Room(SqliteTestDatabase database)
    {
        private readonly GraphQLClient _client = new(database.Services);
        private readonly Newsroom _newsroom = new(database.Services);
        private readonly List<string> _staff = [];
        private readonly List<string> _articles = [];
        private readonly List<string> _comments = [];
        private readonly List<string> _takes = [];
        private readonly List<string> _personas = [];
        private readonly List<string> _tags = [];
        private int _number;

        public static async Task<Room> OpenAsync(SqliteTestDatabase database)
        {
            var room = new Room(database);
            foreach (var viewer in Staff)
            {
                room._staff.Add((await room._newsroom.StaffAsync(viewer)).Id.ToString());
            }

            await using var db = await database.OpenAsync();
            for (var i = 0; i < 3; i++)
            {
                var tag = new Tag
                {
                    Id = TagId.New(),
                    Slug = $"tag-{i}",
                    Name = $"Tag {i}",
                };
                db.Add(tag);
                room._tags.Add(tag.Id.ToString());
            }

            await db.SaveChangesAsync();
            room._personas.Add((await room._newsroom.PersonaAsync()).Id.ToString());
            await room.DoAsync(new Step(Kind.Create, 0, 0));
            await room.DoAsync(new Step(Kind.Create, 1, 1));
            return room;
        }

        public async Task DoAsync(Step step)
        {
            var viewer = Staff[step.Value % Staff.Length];
            var id = _articles.Count == 0 ? "" : _articles[step.Target % _articles.Count];
            var person = _staff[step.Target % _staff.Count];
            var at = database.Clock.GetUtcNow().AddMinutes(1 + step.Value);
            var tags = _tags.Take(step.Value % 4).ToArray();
            const string article = "article { id }";
            switch (step.Kind)
            {
                case Kind.Create:
                    var headline = $"Story {++_number}";
                    await TryAsync(
                        viewer,
                        "createArticle",
                        new
                        {
                            headline,
                            tags,
                            summary = "Short.",
                            body = Body("a"),
                        },
                        article,
                        _articles
                    );
                    break;
                case Kind.Save:
                case Kind.Autosave:
                    var autosave = step.Kind is Kind.Autosave;
                    await TryAsync(
                        viewer,
                        "saveArticle",
                        new
                        {
                            id,
                            tags,
                            body = Body($"{step.Value}"),
                            autosave,
                        },
                        article
                    );
                    break;
                case Kind.Assign when step.Value % 2 == 0:
                    await TryAsync(
                        viewer,
                        "assignArticle",
                        new
                        {
                            id,
                            assignee = person,
                            dueAt = at,
                        },
                        article
                    );
                    break;
                case Kind.Assign:
                    await TryAsync(viewer, "assignArticle", new { id, assignee = (string?)null }, article);
                    break;
                case Kind.Submit:
                    await TryAsync(viewer, "submitForReview", new { id, reviewer = person }, article);
                    break;
                case Kind.TakeBack:
                    await TryAsync(viewer, "withdrawFromReview", new { id }, article);
                    break;
                case Kind.RequestChanges:
                    await TryAsync(viewer, "requestChanges", new { id, comment = "Shorter." }, article);
                    break;
                case Kind.Approve:
                    await TryAsync(viewer, "approveArticle", new { id }, article);
                    break;
                case Kind.Publish:
                    await TryAsync(viewer, "publishArticle", new { id }, article);
                    break;
                case Kind.Withdraw:
                    await TryAsync(viewer, "withdrawArticle", new { id, reason = "It is gone." }, article);
                    break;
                case Kind.Schedule:
                    await TryAsync(viewer, "scheduleArticle", new { id, at }, article);
                    break;
                case Kind.Embargo:
                    await TryAsync(viewer, "setEmbargo", new { id, until = at }, article);
                    break;
                case Kind.Release:
                    await TryAsync(viewer, "releaseUnderEmbargo", new { id, until = at }, article);
                    break;
                case Kind.Trash:
                    await TryAsync(viewer, "trashArticle", new { id }, article);
                    break;
                case Kind.Restore:
                    await TryAsync(viewer, "restoreArticle", new { id }, article);
                    break;
                case Kind.Delete:
                    await TryAsync(viewer, "deleteArticle", new { id }, "article { slug }");
                    break;
                case Kind.Comment:
                    await TryAsync(
                        viewer,
                        "addComment",
                        new { article = id, text = "Why?" },
                        "comment { id }",
                        _comments
                    );
                    break;
                case Kind.Resolve when _comments is [_, ..]:
                    await TryAsync(
                        viewer,
                        "resolveComment",
                        new { id = _comments[step.Target % _comments.Count], isResolved = step.Value % 4 > 0 },
                        "comment { id }"
                    );
                    break;
                case Kind.DeleteComment when _comments is [_, ..]:
                    var comment = _comments[step.Target % _comments.Count];
                    await TryAsync(viewer, "deleteComment", new { id = comment }, "comment { id }");
                    break;
                case Kind.DraftTake:
                    var persona = _personas[step.Value % _personas.Count];
                    await TryAsync(
                        viewer,
                        "draftTake",
                        new
                        {
                            article = id,
                            persona,
                            text = "Ship it.",
                        },
                        "take { id }",
                        _takes
                    );
                    break;
                case Kind.ApproveTake when _takes is [_, ..]:
                    await TryAsync(
                        viewer,
                        "approveTake",
                        new { id = _takes[step.Target % _takes.Count] },
                        "take { id }"
                    );
                    break;
                case Kind.AddPersona when _personas.Count < 4:
                    _personas.Add((await _newsroom.PersonaAsync($"Persona {_personas.Count}")).Id.ToString());
                    break;
                case Kind.Wait:
                    database.Clock.Advance(TimeSpan.FromMinutes(step.Value));
                    await database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
                    break;
                default:
                    break;
            }
        }

        private static object Body(string word) => new { markdown = $"They began on Monday with {word}." };

        // Many operations are rejected: the role, the state or the article does not allow them.
        private async Task TryAsync(
            Viewer viewer,
            string mutation,
            object input,
            string shows,
            List<string>? made = null
        )
        {
            var name = $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}";
            var answer = await _client.AskAsync(
                viewer,
                $"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {shows} errors {{ __typename }} }} }}",
                new { input }
            );
            Assert.True(
                answer["errors"] is null || GraphQLClient.Code(answer) == ErrorCodes.NotAuthorized,
                answer.ToJsonString()
            );
            if (
                made is not null
                && answer["data"]?[mutation]?[shows[..shows.IndexOf(' ', StringComparison.Ordinal)]] is { } row
            )
            {
                made.Add((string)row["id"]!);
            }
        }
    }
}
