using Cms.Bookmarks;
using Cms.GraphQL;
using Cms.People;
using Cms.Testing;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Bookmarks;

/// <summary>Properties of a reader's bookmarks that hold after any sequence of operations.</summary>
public sealed class BookmarkLaws(BookmarkLaws.Library library) : IClassFixture<BookmarkLaws.Library>
{
    private static readonly string?[] Notes = [null, "", "short", "a longer note", "a longer nota"];

    private readonly PersonKey _reader = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    public enum Kind
    {
        Add,
        Remove,
        Note,
        Merge,
    }

    public sealed record Step(Kind Kind, byte Target, byte Value);

    [Property(MaxTest = 20)]
    public async Task Bookmarks_behave_like_a_dictionary_after_any_sequence_of_operations(Step[] steps)
    {
        var reader = new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        SortedDictionary<string, (DateTimeOffset At, string? Note)> model = new(StringComparer.Ordinal);
        foreach (var (kind, target, value) in steps)
        {
            library.Clock.Advance(TimeSpan.FromSeconds(1));
            var (id, note) = (library.Targets[target % library.Targets.Count], Notes[value % Notes.Length]);
            var (now, kept) = (library.Clock.GetUtcNow(), string.IsNullOrEmpty(note) ? null : note);
            var at = now.AddSeconds(5 - value);
            var exists = model.TryGetValue(id, out var existing);
            switch (kind)
            {
                case Kind.Add:
                    await library
                        .Get<AddBookmark>()
                        .Handle(new AddBookmarkInput { TargetId = id, Note = note }, Newsroom.Reader(reader), default);
                    model[id] = (exists ? existing.At : now, note is null && exists ? existing.Note : kept);
                    break;
                case Kind.Remove:
                    await library
                        .Get<RemoveBookmark>()
                        .Handle(new RemoveBookmarkInput { TargetId = id }, Newsroom.Reader(reader), default);
                    model.Remove(id);
                    break;
                case Kind.Note:
                    var noted = await library
                        .Get<NoteBookmark>()
                        .Handle(new NoteBookmarkInput { TargetId = id, Note = note }, Newsroom.Reader(reader), default);
                    Assert.Equal(!exists, noted.IsRefused);
                    if (exists)
                    {
                        model[id] = (existing.At, kept);
                    }

                    break;
                default:
                    await library.MergeAsync(reader, (id, at, note));
                    var clamped = at < now ? at : now;
                    model[id] = (
                        exists && existing.At < clamped ? existing.At : clamped,
                        new[] { existing.Note, kept }
                            .OfType<string>()
                            .OrderBy(n => n.Length)
                            .ThenBy(n => n, StringComparer.Ordinal)
                            .LastOrDefault()
                    );
                    break;
            }
        }

        Assert.Equal(model.Select(m => (m.Key, m.Value.At, m.Value.Note)), await library.SavedAsync(reader));
    }

    [Property(MaxTest = 20)]
    public async Task Merging_gives_the_same_result_in_any_order_and_when_repeated(Step[] steps)
    {
        var saved = steps
            .Select(step =>
                (
                    library.Targets[step.Target % library.Targets.Count],
                    library.Clock.GetUtcNow().AddSeconds(-step.Value),
                    Notes[step.Value % Notes.Length]
                )
            )
            .ToArray();
        PersonKey one = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
            other = new(Guid.CreateVersion7(), Guid.CreateVersion7());

        await library.MergeAsync(one, saved);
        await library.MergeAsync(one, saved);
        foreach (var item in saved.Reverse())
        {
            await library.MergeAsync(other, item);
        }

        Assert.Equal(await library.SavedAsync(one), await library.SavedAsync(other));
    }

    [Property(MaxTest = 15)]
    public async Task Pages_from_either_end_list_every_bookmark_once_in_order(byte size, bool backward, bool filtered)
    {
        var saved = library.Targets.Select((id, i) => (id, library.Clock.GetUtcNow().AddSeconds(-(i / 3)), Notes[0]));
        await library.MergeAsync(_reader, [.. saved]);
        var where = filtered ? new BookmarkFilterInput { Kind = BookmarkKind.Article } : null;
        List<BookmarkId> read = [];
        string? cursor = null;
        Connection<Bookmark> page;
        do
        {
            await using var scope = library.Services.CreateAsyncScope();
            var first = (size % 7) + 1;
            page = await scope
                .ServiceProvider.GetRequiredService<ListBookmarks>()
                .Handle(
                    _reader,
                    backward
                        ? PageArguments.Of(last: first, before: cursor)
                        : PageArguments.Of(first: first, after: cursor),
                    where,
                    default
                );
            var ids = page.Nodes.Select(b => b.Id);
            read = backward ? [.. ids, .. read] : [.. read, .. ids];
            cursor = backward ? page.PageInfo.StartCursor : page.PageInfo.EndCursor;
        } while (backward ? page.HasPreviousPage : page.HasNextPage);

        await using var db = await library.OpenAsync();
        Assert.Equal(
            await db
                .Bookmarks.Where(b => b.ReaderId == _reader && (!filtered || b.TargetKind == BookmarkKind.Article))
                .OrderByDescending(b => b.SavedAt)
                .ThenByDescending(b => b.Id)
                .Select(b => b.Id)
                .ToListAsync(),
            read
        );
    }

    /// <summary>A database with six articles and six tools to bookmark.</summary>
    public sealed class Library : IAsyncLifetime
    {
        private readonly SqliteTestDatabase _database = new();

        public List<string> Targets { get; } = [];

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock => _database.Clock;

        public IServiceProvider Services => _database.Services;

        public T Get<T>()
            where T : notnull => _database.Get<T>();

        public Task<Cms.Data.CmsDbContext> OpenAsync() => _database.OpenAsync();

        public async Task InitializeAsync()
        {
            await _database.InitializeAsync();
            var newsroom = new Newsroom(_database.Services);
            for (var i = 0; i < 6; i++)
            {
                Targets.Add((await newsroom.PublishedAsync()).Id.ToString());
                Targets.Add((await newsroom.PublicToolAsync($"Tool {i}")).Id.ToString());
            }
        }

        public Task DisposeAsync() => _database.DisposeAsync();

        public async Task<Result<MergedBookmarks>> MergeAsync(
            PersonKey reader,
            params (string Id, DateTimeOffset At, string? Note)[] saved
        )
        {
            var bookmarks = saved.Select(s => new SavedTargetInput
            {
                TargetId = s.Id,
                SavedAt = s.At,
                Note = s.Note,
            });
            return await Get<MergeBookmarks>()
                .Handle(new MergeBookmarksInput { Bookmarks = [.. bookmarks] }, Newsroom.Reader(reader), default);
        }

        public async Task<IEnumerable<(string, DateTimeOffset, string?)>> SavedAsync(PersonKey reader)
        {
            await using var db = await OpenAsync();
            var kept = await db.Bookmarks.AsNoTracking().Where(b => b.ReaderId == reader).ToListAsync();
            return kept.Select(b => (b.Target.ToString(), b.SavedAt, b.Note))
                .OrderBy(b => b.Item1, StringComparer.Ordinal);
        }
    }
}
