using Cms.Audit;
using Cms.People;

namespace Cms.Server.Access;

/// <summary>Writes refusals to the audit log in the background, so that no request waits for it.</summary>
internal sealed partial class RefusalWatch(RefusedFields refused, RecordRefusal record, ILogger<RefusalWatch> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (viewer, field) in refused.ReadAsync(stoppingToken))
        {
            try
            {
                await record.Handle(new RecordRefusalInput(field), viewer.ToActor(), stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, field, viewer.Key, fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cannot record in the audit log that {Person} was refused {Field}")]
    private static partial void LogFailed(ILogger logger, string field, PersonKey? person, Exception fault);
}
