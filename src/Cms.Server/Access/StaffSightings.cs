using System.Collections.Concurrent;
using System.Threading.Channels;
using Cms.Access;
using Cms.People;

namespace Cms.Server.Access;

/// <summary>
/// Records which members of staff send requests, for the list of people to assign work to. It writes in the background,
/// at most once an hour for each person, so that no request waits for it.
/// </summary>
internal sealed partial class StaffSightings(RecordStaff record, TimeProvider clock, ILogger<StaffSightings> log)
    : BackgroundService
{
    private const int MaxQueued = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<PersonKey, (string? Name, Role Role, DateTimeOffset At)> _recorded = [];
    private readonly Channel<Viewer> _queue = Channel.CreateBounded<Viewer>(MaxQueued);

    /// <summary>Records that the viewer sent a request, if they are staff and it was not recorded lately.</summary>
    public void Add(Viewer viewer)
    {
        if (viewer is not { Kind: ViewerKind.Person, Role: { } role and >= Role.Author, Key: { } key })
        {
            return;
        }

        var now = clock.GetUtcNow();
        var isRecorded =
            _recorded.TryGetValue(key, out var last)
            && (last.Name, last.Role) == (viewer.Name, role)
            && now - last.At < Interval;
        if (!isRecorded && _queue.Writer.TryWrite(viewer))
        {
            _recorded[key] = (viewer.Name, role, now);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var viewer in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await record.Handle(new RecordStaffInput(), viewer.ToActor(), stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The person's next request tries again.
                _recorded.TryRemove(viewer.Key!.Value, out _);
                LogFailed(log, fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cannot record that a member of staff signed in; their next request tries again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
