using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Timeline;

/// <summary>The items in your inbox that you have read.</summary>
public sealed record MarkInboxReadInput : MutationInput
{
    /// <summary>
    /// The time of the newest item that you have seen. Items at or before this time are marked as read.
    /// </summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>
/// Marks items of a person's inbox as read. They stay in the inbox until they no longer need attention.
/// </summary>
public sealed class MarkInboxRead(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<InboxReading>> Handle(
        MarkInboxReadInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<InboxReading>(
            actor,
            async (db, token) =>
            {
                // A time in the future would mark items as read that do not exist yet.
                if (input.Until > clock.Now())
                {
                    return new TimeInFuture("until") { Path = ["until"] };
                }

                var reading = await db.InboxReadings.FindAsync([actor.Person], token);
                if (reading is null)
                {
                    reading = new InboxReading { PersonKey = actor.Person };
                    db.Add(reading);
                }

                reading.Read(input.Until.ToMilliseconds());
                return reading;
            },
            cancellationToken
        );
}
