//! How many standard errors a 95 % interval reaches: the 97.5th percentile of Student's t.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

/// From so many degrees of freedom on a series is exact to 1e-11, where the search by halves takes ever longer.
const MANY: u64 = 1000;
/// The same percentile of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// The percentile for so many degrees of freedom; nothing for none.
pub fn reach(df: u64) -> Option<f64> {
    if df >= MANY {
        return Some(of_many(df as f64));
    }
    let student = StudentsT::new(0.0, 1.0, df as f64).ok()?;
    Some(student.inverse_cdf(0.975))
}

/// The expansion by powers of 1/df (Abramowitz and Stegun 1972, formula 26.7.5).
fn of_many(df: f64) -> f64 {
    let z = NORMAL;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + first / df + second / df.powi(2) + third / df.powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_tables() {
        let check = |df: u64, want: f64| {
            let got = reach(df).unwrap();
            assert!((got - want).abs() < 1e-9, "{df}: {got} instead of {want}");
        };
        check(1, 12.706_204_736_174_698);
        check(3, 3.182_446_305_284_263);
        check(23, 2.068_657_610_419_041);
        check(999, 1.962_341_461_133_449);
        check(1000, 1.962_339_080_826_408);
        check(9999, 1.960_201_263_621_358);
        check(1 << 40, NORMAL);
        assert_eq!(reach(0), None);
        assert!((reach(MANY).unwrap() - of_many(999.0)).abs() < 1e-5);
        assert!((of_many(500.0) - reach(500).unwrap()).abs() < 1e-9, "both ways say the same");
    }
}
