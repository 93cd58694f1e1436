//! From the names that cases give their numbers to columns of what was heard of a waiting line.

use crate::case::{Case, Number};
use crate::plan::Wanted;
use crate::text::Unit;
use crate::watch::line::{Columns, class, time};

/// What is needed to read a number's name.
pub struct Reading<'a> {
    /// The case.
    pub case: &'a Case,
    /// Where columns stand.
    pub columns: Columns,
    /// The case's unit of time.
    pub unit: Unit,
    /// Reps.
    pub servers: u32,
    /// Times behind the cuts, in the case's unit, in the order of the settings.
    pub cuts: Vec<f64>,
    /// Offered load of each class (rate times mean handling), for sums weighted with it.
    pub loads: Vec<f64>,
}

/// Relative distance of the helper cuts below and above a quantile.
const AROUND: f64 = 0.02;

/// Every time up to which waits have to be counted for the numbers of a case, in its own unit.
///
/// # Errors
/// A key that is no time.
pub fn cuts(case: &Case) -> Result<Vec<f64>, String> {
    let mut cuts = Vec::new();
    for number in case.numbers() {
        let first = number.key(0);
        if first.starts_with("P_Wq_le") {
            cuts.push(case.time(&number.path[number.path.len() - 1])?);
        } else if first.starts_with("Wq_quantile_") {
            cuts.extend([number.exact, number.exact * (1.0 - AROUND), number.exact * (1.0 + AROUND)]);
        }
    }
    Ok(cuts)
}

impl Reading<'_> {
    /// How a number of a waiting line is estimated; `None` if its name says nothing about one.
    ///
    /// # Errors
    /// A key that cannot be read.
    pub fn wanted(&self, number: &Number) -> Result<Option<Wanted>, String> {
        let minutes = self.unit.minutes;
        let all = self.columns.all();
        let of = |column| self.columns.of(all, column);
        let per_time = |top| Wanted::ratio(number, top, time::ALL, 1.0);
        Ok(Some(match number.key(0) {
            "P_wait" => Wanted::misses(number, self.columns.at_once(all)),
            "P_Wq_0" => Wanted::share(number, self.columns.at_once(all)),
            "P_all_busy" => per_time(time::FULL),
            "EWq" | "EWq_all_leads" => {
                Wanted::ratio(number, of(class::WAIT), of(class::BEGUN), 1.0 / minutes)
            }
            "EWq2" => Wanted::ratio(number, of(class::WAIT_SQUARED), of(class::BEGUN), 1.0 / minutes.powi(2)),
            "VarWq" | "VarWq_random_order" | "VarWq_FIFO" => self.variance(number),
            "ELq" => per_time(time::WAITING),
            "EL" => per_time(time::SYSTEM),
            "EW" | "EW_sojourn" => Wanted::ratio(number, of(class::STAY), of(class::ENDED), 1.0 / minutes),
            "rho" | "utilisation" => {
                Wanted::ratio(number, time::BUSY, time::ALL, 1.0 / f64::from(self.servers))
                    .taken_for_probability()
            }
            "ES" => Wanted::ratio(number, of(class::HANDLING), of(class::ENDED), 1.0 / minutes),
            "ES2" => Wanted::ratio(number, of(class::HANDLING_SQUARED), of(class::ENDED), minutes.powi(-2)),
            "ES3" => Wanted::ratio(number, of(class::HANDLING_CUBED), of(class::ENDED), minutes.powi(-3)),
            "P_Wq_le" => Wanted::share(number, self.columns.within(all, self.cut(number.key(1))?)),
            "P_Wq_le_by_class" => {
                let class = place(number.key(1))?.checked_sub(1).ok_or("classes count from 1")?;
                Wanted::share(number, self.columns.within(class, self.cut(number.key(2))?))
            }
            "EWq_by_class" => self.mean_wait(number, place(number.key(1))?),
            "conservation_sum_rho_W" => self.weighted_waits(number),
            name if name.starts_with("EWq_class") => self.mean_wait(number, class_of(name)?),
            name if name.starts_with("ELq_class") => {
                per_time(self.columns.of(class_of(name)?, class::WAITING))
            }
            name if name.starts_with("Wq_quantile_") => self.quantile(number)?,
            _ => return Ok(None),
        }))
    }

    fn variance(&self, number: &Number) -> Wanted {
        let of = |column| self.columns.of(self.columns.all(), column);
        let (n, sum, squares) = (of(class::BEGUN), of(class::WAIT), of(class::WAIT_SQUARED));
        let minutes = self.unit.minutes;
        Wanted::of(number, move |mean| {
            (mean[squares] / mean[n] - (mean[sum] / mean[n]).powi(2)) / minutes.powi(2)
        })
    }

    fn mean_wait(&self, number: &Number, class: usize) -> Wanted {
        let of = |column| self.columns.of(class, column);
        Wanted::ratio(number, of(class::WAIT), of(class::BEGUN), 1.0 / self.unit.minutes)
    }

    fn weighted_waits(&self, number: &Number) -> Wanted {
        let loads = self.loads.clone();
        let (columns, minutes) = (self.columns, self.unit.minutes);
        Wanted::of(number, move |mean| {
            let wait = |class| mean[columns.of(class, class::WAIT)] / mean[columns.of(class, class::BEGUN)];
            loads.iter().enumerate().map(|(class, load)| load * wait(class)).sum::<f64>() / minutes
        })
    }

    /// A quantile q of the wait: the share within the exact quantile, turned into time by the density between two cuts around it.
    fn quantile(&self, number: &Number) -> Result<Wanted, String> {
        let name = number.key(0);
        let level: f64 =
            name["Wq_quantile_".len()..].parse().map_err(|_| format!("`{name}` names no quantile"))?;
        let (exact, all) = (number.exact, self.columns.all());
        let column = |time: f64| Ok::<usize, String>(self.columns.within(all, self.place_of(time)?).hits);
        let at = column(exact)?;
        let (below, above) = (column(exact * (1.0 - AROUND))?, column(exact * (1.0 + AROUND))?);
        let begun = self.columns.of(all, class::BEGUN);
        Ok(Wanted::of(number, move |mean| {
            let density = (mean[above] - mean[below]) / mean[begun] / (2.0 * AROUND * exact);
            exact + (level - mean[at] / mean[begun]) / density
        }))
    }

    fn cut(&self, key: &str) -> Result<usize, String> {
        self.place_of(self.case.time(key)?)
    }

    fn place_of(&self, time: f64) -> Result<usize, String> {
        self.cuts.iter().position(|cut| *cut == time).ok_or_else(|| format!("no cut at {time}"))
    }
}

fn place(key: &str) -> Result<usize, String> {
    key.parse().map_err(|_| format!("`{key}` is no place in a list"))
}

/// The class at the end of a name, counted from 0.
fn class_of(name: &str) -> Result<usize, String> {
    let digits = name.rsplit("class").next().unwrap_or("");
    place(digits)?.checked_sub(1).ok_or_else(|| "classes count from 1".to_string())
}
