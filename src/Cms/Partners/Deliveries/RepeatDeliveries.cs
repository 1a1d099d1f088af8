using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Partners.Deliveries;

/// <summary>
/// Records that a partner receives an answer again. Its editions were recorded before it was sent for the first time, so
/// only the time is noted, and saved later.
/// </summary>
public sealed class RepeatDeliveries(
    DeliveryMemory memory,
    SaveLastDeliveries save,
    DatabaseErrors errors,
    TimeProvider clock
)
{
    /// <param name="turn">The request, which was admitted.</param>
    /// <param name="before">The request of the same partner whose answer is sent again. It has ended.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="RequestError">
    /// So many times wait to be saved that they must be saved now, but the database is busy or does not respond.
    /// </exception>
    public async Task Handle(PartnerTurn turn, PartnerTurn before, CancellationToken cancellationToken)
    {
        memory.NoteAgain(before.Partner!.Value, before.Editions, clock.Now());
        if (memory.IsFull)
        {
            try
            {
                await save.Handle(cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && errors.Concerns(fault))
            {
                throw errors.Of(fault)!;
            }
        }

        turn.DeliverAgain(before);
    }
}
